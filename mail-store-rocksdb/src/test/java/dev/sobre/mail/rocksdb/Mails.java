package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Mail for tests, and its way in and out. */
public final class Mails {

    private Mails() {}

    /** A message of about {@code octets} octets that differs with its seed. */
    public static byte[] body(long seed, int octets) {
        var text = new StringBuilder("From: ann@example.org\r\nSubject: " + seed + "\r\n\r\n");
        var random = new Random(seed);
        while (text.length() < octets) {
            text.append(Long.toHexString(random.nextLong())).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The seed that a message was made with. */
    public static long seed(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 100), StandardCharsets.US_ASCII);
        int from = text.indexOf("Subject: ") + 9;
        return Long.parseLong(text.substring(from, text.indexOf('\r', from)));
    }

    public static MailboxId account(MailStore store, String address) {
        var account = store.accounts().create(List.of(address), "{PLAIN}secret", false);
        return inbox(store, account.address());
    }

    /** The inbox of an account that exists. */
    public static MailboxId inbox(MailStore store, String address) {
        var account = store.accounts().find(address).orElseThrow();
        return store.list(account.id()).stream()
                .filter(m -> m.name().equals(Mailbox.INBOX))
                .findFirst()
                .orElseThrow()
                .id();
    }

    static Submission submission(DeliveryId id, byte[] body, MailboxId... to) {
        return new Submission(
                id,
                "ann@example.org",
                BlobSource.Bytes.of(body),
                Instant.ofEpochSecond(1_700_000_000, 123_456_789),
                List.of(to),
                List.of());
    }

    static Delivery delivery(byte[] body) {
        return delivery(BlobSource.Bytes.of(body));
    }

    static Delivery delivery(BlobSource body) {
        return new Delivery(
                DeliveryId.random(), body, Flags.NONE, Instant.ofEpochSecond(1_700_000_000));
    }

    /** A body that a new account's only message has. */
    static BlobRef stored(MailStore store, byte[] body) {
        MailboxId inbox = account(store, "only@example.org");
        store.append(inbox, List.of(delivery(body)));
        return all(store, inbox).getFirst().body();
    }

    public static List<Message> all(MailStore store, MailboxId mailbox) {
        List<Message> all = new ArrayList<>();
        try (var messages = store.messages(mailbox, UidSet.ALL)) {
            for (var next = messages.next(); next.isPresent(); next = messages.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    public static byte[] read(MailStore store, Message message) throws IOException {
        try (BlobReader reader = store.open(message.body())) {
            var octets = ByteBuffer.allocate((int) reader.length());
            while (octets.hasRemaining()) {
                if (reader.read(octets.position(), octets) < 0) throw new IOException("too short");
            }
            return octets.array();
        }
    }
}
