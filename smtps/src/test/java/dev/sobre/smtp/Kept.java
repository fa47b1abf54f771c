package dev.sobre.smtp;

import dev.sobre.mail.Account;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** What a store keeps. */
final class Kept {

    private Kept() {}

    /** The messages in an account's INBOX. */
    static List<String> inbox(MailStore store, Account account, Charset charset)
            throws IOException {
        var inbox = store.find(account.id(), Mailbox.INBOX).orElseThrow();
        List<String> all = new ArrayList<>();
        try (var messages = store.messages(inbox.id(), UidSet.ALL)) {
            for (var m = messages.next(); m.isPresent(); m = messages.next()) {
                try (var body = store.open(m.get().body())) {
                    var octets = ByteBuffer.allocate((int) body.length());
                    while (octets.hasRemaining()) body.read(octets.position(), octets);
                    all.add(new String(octets.array(), charset));
                }
            }
        }
        return all;
    }
}
