package dev.sobre.imap;

import dev.sobre.mail.Account;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import java.util.List;
import java.util.Optional;

/** A client that has proved who it is. */
record Login(Client client, Account account) {

    List<Mailbox> mailboxes() {
        return client.service().store().list(account.id());
    }

    /** The mailbox of a name, when it can be selected. */
    Optional<Mailbox> find(String name) {
        return client.service().store().find(account.id(), name);
    }

    Mailbox alter(MailboxChange change) {
        return client.service().store().alter(account.id(), change);
    }
}
