package dev.sobre.mail;

import java.util.Optional;

/**
 * A named place for messages.
 *
 * @param id of a name that does not exist, one whose number is 0
 * @param name the hierarchical name in plain Unicode with {@code /} between levels; the inbox is
 *     {@code INBOX} in capitals
 * @param exists false for a name that is only subscribed, or only a parent of others (it cannot be
 *     selected)
 */
public record Mailbox(
        MailboxId id, String name, boolean exists, boolean subscribed, Optional<SpecialUse> use) {

    public static final String INBOX = "INBOX";
    public static final char SEPARATOR = '/';
}
