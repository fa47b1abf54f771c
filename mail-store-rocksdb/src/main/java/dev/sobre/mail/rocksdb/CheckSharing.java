package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.Sharing;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Looks at annotations and access lists: do they belong to what exists? */
final class CheckSharing {

    private final Reads reads;
    private final Report report;
    private final Entries entries;

    CheckSharing(Reads reads, Report report, Entries entries) {
        this.reads = reads;
        this.report = report;
        this.entries = entries;
    }

    void run() {
        reads.scan(Keys.prefix(Keys.METADATA), this::annotation);
        reads.scan(Keys.prefix(Keys.GRANT), this::grant);
        reads.scan(Keys.prefix(Keys.GRANTED), this::granted);
    }

    private static MailboxId mailbox(byte[] key, int at) {
        var in = new ByteReader(key, at);
        return new MailboxId(new AccountId(in.i64()), in.i64());
    }

    private boolean annotation(byte[] key, byte[] value) {
        var mailbox = mailbox(key, 1);
        boolean owned =
                mailbox.number() == 0
                        ? reads.has(Keys.account(mailbox.account()))
                        : reads.has(Keys.of(Keys.MAILBOX, mailbox));
        if (!owned) report.mailbox(Kind.ORPHAN, reads, mailbox, "there is an annotation of it");
        var octets = entries.decode(() -> new ByteReader(value).version(1));
        if (octets.isEmpty())
            report.mailbox(Kind.ENTRY, reads, mailbox, "an annotation is damaged");
        return true;
    }

    private boolean grant(byte[] key, byte[] value) {
        var mailbox = mailbox(key, 1);
        var to = new AccountId(Keys.last(key));
        boolean known = to.equals(Sharing.ANYONE) || reads.has(Keys.account(to));
        if (!known || !reads.has(Keys.of(Keys.MAILBOX, mailbox))) {
            report.mailbox(Kind.ORPHAN, reads, mailbox, "there are rights on it that nobody has");
        }
        var rights = entries.decode(() -> new Rights(new String(value, StandardCharsets.US_ASCII)));
        if (rights.isEmpty()) report.mailbox(Kind.ENTRY, reads, mailbox, "rights are damaged");
        same(mailbox, Keys.granted(to, mailbox), value);
        return true;
    }

    private boolean granted(byte[] key, byte[] value) {
        var mailbox = mailbox(key, 9);
        same(mailbox, Keys.grant(mailbox, new AccountId(new ByteReader(key, 1).i64())), value);
        return true;
    }

    private void same(MailboxId mailbox, byte[] other, byte[] value) {
        if (reads.get(other).filter(v -> Arrays.equals(v, value)).isPresent()) return;
        report.mailbox(Kind.MAILBOX, reads, mailbox, "its access list is not what accounts see");
    }
}
