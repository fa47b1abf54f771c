package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.EntryName;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Metadata;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The annotations, one entry of RocksDB each. */
final class RocksMetadata implements Metadata {

    private static final int NAME = 17; // where the name begins in a key
    private static final int VERSION = 1;

    private final Engine engine;
    private final CommitQueue queue;
    private final Consumer<MailboxId> hints;

    RocksMetadata(Engine engine, CommitQueue queue, Consumer<MailboxId> hints) {
        this.engine = engine;
        this.queue = queue;
        this.hints = hints;
    }

    @Override
    public SortedMap<String, ByteBuffer> of(MailboxId mailbox) {
        return engine.read(
                reads -> {
                    Mailboxes.readState(reads, mailbox); // refuses one that does not exist
                    return read(reads, mailbox);
                });
    }

    @Override
    public SortedMap<String, ByteBuffer> of(AccountId account) {
        return engine.read(
                reads -> {
                    if (reads.get(Keys.account(account)).isEmpty()) throw RocksAccounts.missing();
                    return read(reads, own(account));
                });
    }

    @Override
    public void change(MailboxId mailbox, Map<String, Optional<ByteBuffer>> entries) {
        var checked = EntryName.checked(entries);
        queue.run(
                Commit.byItself(
                        group -> {
                            Working annotated = group.mailbox(mailbox);
                            apply(group, mailbox, checked);
                            var state = annotated.state().with(annotated.counters().annotated());
                            annotated.step(new Delta.Changed(state, List.of()));
                            return true;
                        }));
        hints.accept(mailbox);
    }

    @Override
    public void change(AccountId account, Map<String, Optional<ByteBuffer>> entries) {
        var checked = EntryName.checked(entries);
        queue.run(
                Commit.byItself(
                        group -> {
                            if (group.get(Keys.account(account)).isEmpty()) {
                                throw RocksAccounts.missing();
                            }
                            return apply(group, own(account), checked);
                        }));
        hints.accept(own(account)); // the queue tells of changes in mailboxes alone
    }

    private static boolean apply(
            Group group, MailboxId place, SortedMap<String, Optional<ByteBuffer>> changes) {
        EntryName.requireRoom(group.read(reads -> read(reads, place)), changes);
        changes.forEach(
                (name, value) -> {
                    byte[] key = Keys.metadata(place, name);
                    value.ifPresentOrElse(v -> group.put(key, encode(v)), () -> group.delete(key));
                });
        return true;
    }

    private static SortedMap<String, ByteBuffer> read(Reads reads, MailboxId place) {
        SortedMap<String, ByteBuffer> entries = new TreeMap<>();
        reads.scan(
                Keys.of(Keys.METADATA, place),
                (key, value) -> {
                    var octets = new ByteReader(value).version(VERSION).rest();
                    entries.put(Keys.text(key, NAME), octets.asReadOnlyBuffer());
                    return true;
                });
        return Collections.unmodifiableSortedMap(entries);
    }

    private static byte[] encode(ByteBuffer value) {
        byte[] octets = new byte[value.remaining()];
        value.duplicate().get(octets);
        return new ByteWriter(1 + octets.length).u8(VERSION).raw(octets).done();
    }

    /** What stands for the account itself; no mailbox has this number. */
    static MailboxId own(AccountId account) {
        return new MailboxId(account, 0);
    }
}
