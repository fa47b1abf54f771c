package dev.sobre.mail;

import java.util.List;

/**
 * The durable result of {@link MailStore#accept}.
 *
 * @param local what the mail became here, those aside who had it before
 * @param repeated how many had it before, by its {@link Repeat}: mailboxes, and recipients
 *     elsewhere
 */
public record Accepted(DeliveryId id, List<Appended> local, int repeated) {

    public Accepted(DeliveryId id, List<Appended> local) {
        this(id, local, 0);
    }
}
