package dev.sobre.mail.rocksdb;

import dev.sobre.mail.IndexAssembly;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.util.Arrays;

/** Compares the packed parts of a mailbox's index with its rows. */
final class CheckIndex {

    private final Reads reads;
    private final Report report;
    private final Entries entries;

    CheckIndex(Reads reads, Report report, Entries entries) {
        this.reads = reads;
        this.report = report;
        this.entries = entries;
    }

    void run(MailboxId id) {
        reads.scan(
                Keys.of(Keys.INDEX, id),
                (key, value) -> {
                    if (!isRight(id, key, value)) {
                        long first = SavedIndex.first(Keys.last(key));
                        report.mailbox(
                                Kind.INDEX,
                                reads,
                                id,
                                "its packed index from UID "
                                        + first
                                        + " on is not what it should"
                                        + " be, but can be made anew");
                    }
                    return true;
                });
    }

    private boolean isRight(MailboxId id, byte[] key, byte[] value) {
        long part = Keys.last(key);
        var saved = SavedIndex.decode(key, value);
        if (saved.isEmpty() || saved.get().through() < part) return false;
        long first = SavedIndex.first(part);
        long end = SavedIndex.first(saved.get().through() + 1);
        return entries.decode(() -> rows(id, first, end))
                .map(rows -> Arrays.equals(SavedIndex.encode(rows, id, part), value))
                .orElse(false);
    }

    /** The index of some UIDs, after which comes what the part does not speak for. */
    private MailboxIndex rows(MailboxId id, long first, long end) {
        var rows = new IndexAssembly();
        reads.scan(
                Keys.of(Keys.ROW, id, first),
                Keys.of(Keys.ROW, id, end),
                (key, value) -> {
                    rows.add(IndexRow.decode(Keys.last(key), value));
                    return true;
                });
        return rows.done(new MailboxState(1, end, 1, 0, 0, 0));
    }
}
