package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Appended;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.Sharing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts in order what deliveries became, the spool's order, annotations and access lists. */
final class MendQueue {

    private static final byte[] NOTHING = {};

    private final Mending m;

    MendQueue(Mending mending) {
        this.m = mending;
    }

    void run() {
        m.draft().deleteAll(Keys.prefix(Keys.DUE));
        m.reads().scan(Keys.prefix(Keys.SPOOLED), this::spooled);
        m.reads().scan(Keys.prefix(Keys.DELIVERY), this::delivery);
        m.reads().scan(Keys.prefix(Keys.METADATA), this::annotation);
        m.draft().deleteAll(Keys.prefix(Keys.GRANTED));
        m.reads().scan(Keys.prefix(Keys.GRANT), this::grant);
    }

    private boolean spooled(byte[] key, byte[] value) {
        var in = new ByteReader(key, 1);
        var mail = new DeliveryId(in.i64(), in.i64());
        m.draft().put(Spooled.decode(mail, in.i32(), value).timeKey(), NOTHING);
        return true;
    }

    private boolean delivery(byte[] key, byte[] value) {
        var id = Keys.delivery(key);
        var outcome = m.entries().decode(() -> Outcome.decode(value));
        if (outcome.isEmpty()) {
            m.draft().delete(key);
            return true;
        }
        for (Appended one : outcome.get()) {
            byte[] each = Keys.delivery(id, one.mailbox());
            if (!m.reads().has(each)) m.draft().put(each, Outcome.encode(List.of(one)));
        }
        return true;
    }

    private boolean annotation(byte[] key, byte[] value) {
        MailboxId mailbox = Keys.mailbox(key);
        boolean owned =
                mailbox.number() == 0
                        ? m.reads().has(Keys.account(mailbox.account()))
                        : m.reads().has(Keys.of(Keys.MAILBOX, mailbox));
        boolean good = m.entries().decode(() -> new ByteReader(value).version(1)).isPresent();
        if (!owned || !good) m.draft().delete(key);
        return true;
    }

    private boolean grant(byte[] key, byte[] value) {
        MailboxId mailbox = Keys.mailbox(key);
        var to = new AccountId(Keys.last(key));
        boolean known = to.equals(Sharing.ANYONE) || m.reads().has(Keys.account(to));
        String letters = new String(value, StandardCharsets.US_ASCII);
        boolean good = m.entries().decode(() -> new Rights(letters)).isPresent();
        if (known && good && m.reads().has(Keys.of(Keys.MAILBOX, mailbox))) {
            m.draft().put(Keys.granted(to, mailbox), value);
        } else {
            m.draft().delete(key);
        }
        return true;
    }
}
