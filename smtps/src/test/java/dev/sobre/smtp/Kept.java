package dev.sobre.smtp;

import dev.sobre.mail.Account;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** What a store keeps. */
public final class Kept {

    private Kept() {}

    /** The messages in an account's INBOX. */
    public static List<String> inbox(MailStore store, Account account, Charset charset)
            throws IOException {
        List<String> all = new ArrayList<>();
        for (BlobRef each : bodies(store, account)) {
            try (var body = store.open(each)) {
                var octets = ByteBuffer.allocate((int) body.length());
                while (octets.hasRemaining()) body.read(octets.position(), octets);
                all.add(new String(octets.array(), charset));
            }
        }
        return all;
    }

    /** Where the bodies of those messages are. */
    public static List<BlobRef> bodies(MailStore store, Account account) {
        var inbox = store.find(account.id(), Mailbox.INBOX).orElseThrow();
        List<BlobRef> all = new ArrayList<>();
        try (var messages = store.messages(inbox.id(), UidSet.ALL)) {
            for (var m = messages.next(); m.isPresent(); m = messages.next()) {
                all.add(m.get().body());
            }
        }
        return all;
    }
}
