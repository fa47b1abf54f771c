package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Cursor;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.MessageIds;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Messages, or what is wanted of their records, read one after another, a handful at a time.
 *
 * @param <T> what is wanted
 */
final class Messages<T> implements Cursor<T> {

    private static final int HANDFUL = 32; // whole records
    private static final int MANY = 512; // their first octets

    /** Reads from a message's record what is wanted. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(MailboxIndex index, int at, byte[] record);
    }

    private final Engine engine;
    private final MailboxId mailbox;
    private final MailboxIndex index;
    private final int[] positions;
    private final int handful;
    private final Reader<T> reader;
    private final ArrayDeque<T> ready = new ArrayDeque<>();
    private int next;

    private Messages(
            Engine engine,
            MailboxId mailbox,
            MailboxIndex index,
            UidSet uids,
            int handful,
            Reader<T> reader) {
        this.handful = handful;
        this.reader = reader;
        this.engine = engine;
        this.mailbox = mailbox;
        this.index = index;
        this.positions = engine.ofMany(index.count(uids), () -> Positions.of(index, uids));
    }

    /** Whole messages. */
    static Messages<Message> of(Engine engine, MailboxId mailbox, MailboxIndex index, UidSet uids) {
        return new Messages<>(engine, mailbox, index, uids, HANDFUL, Messages::message);
    }

    /** Their ids alone. */
    static Messages<MessageIds> ids(
            Engine engine, MailboxId mailbox, MailboxIndex index, UidSet uids) {
        return new Messages<>(
                engine,
                mailbox,
                index,
                uids,
                MANY,
                (_, at, record) -> MessageRecord.ids(index.uid(at), record));
    }

    @Override
    public Optional<T> next() {
        while (ready.isEmpty() && next < positions.length) fetch();
        return Optional.ofNullable(ready.poll());
    }

    /** Reads the next ones. Of more than a few also the decoding takes a while. */
    private void fetch() {
        int[] some =
                Arrays.copyOfRange(positions, next, Math.min(positions.length, next + handful));
        next += some.length;
        if (positions.length <= Engine.FEW) take(some);
        else engine.away(() -> take(some));
    }

    /** Reads some; those that were expunged meanwhile are left out. */
    private boolean take(int[] some) {
        List<byte[]> keys = new ArrayList<>(some.length);
        for (int at : some) keys.add(Keys.of(Keys.MESSAGE, mailbox, index.uid(at)));
        List<Optional<byte[]>> records = engine.get(keys);
        List<StoreException> failures = new ArrayList<>();
        for (int i = 0; i < some.length; i++) {
            int at = some[i];
            byte[] key = keys.get(i);
            try {
                records.get(i)
                        .or(() -> engine.get(key))
                        .ifPresent(record -> ready.add(reader.read(index, at, record)));
            } catch (StoreException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) throw failures.getFirst(); // the others are still to be had
        return !ready.isEmpty();
    }

    private static Message message(MailboxIndex index, int at, byte[] record) {
        var known = MessageRecord.decode(record);
        return new Message(
                index.uid(at),
                index.modSeq(at),
                index.flags(at),
                index.internalDate(at),
                index.savedDate(at),
                index.octets(at),
                known.body(),
                known.email(),
                known.thread(),
                known.structure(),
                known.preview(),
                known.headers());
    }

    @Override
    public void close() {
        ready.clear();
        next = positions.length;
    }
}
