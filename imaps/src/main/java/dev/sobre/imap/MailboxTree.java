package dev.sobre.imap;

import dev.sobre.mail.Mailbox;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The hierarchy that names of mailboxes make. */
final class MailboxTree {

    private MailboxTree() {}

    /** All names above those of some mailboxes, at any distance. */
    static Set<String> parents(Collection<Mailbox> mailboxes) {
        Set<String> parents = new HashSet<>();
        for (Mailbox mailbox : mailboxes) {
            String name = mailbox.name();
            int slash = name.lastIndexOf(Mailbox.SEPARATOR);
            while (slash > 0 && parents.add(name.substring(0, slash))) {
                slash = name.lastIndexOf(Mailbox.SEPARATOR, slash - 1);
            }
        }
        return parents;
    }
}
