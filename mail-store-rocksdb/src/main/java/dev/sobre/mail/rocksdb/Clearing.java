package dev.sobre.mail.rocksdb;

import java.util.ArrayList;
import java.util.List;

/**
 * Releases the messages of deleted mailboxes, a few at a time, so that no other commit waits long.
 * A mailbox stays on the list until its last message was released.
 */
final class Clearing {

    private static final int FEW = 250;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Entry(byte[] key, byte[] value) {}

    private final Engine engine;
    private final CommitQueue queue;

    Clearing(Engine engine, CommitQueue queue) {
        this.engine = engine;
        this.queue = queue;
    }

    /** Releases a few messages; false when there are none left. */
    boolean step() {
        List<Entry> gone = entries(Keys.prefix(Keys.GONE), 1);
        if (gone.isEmpty()) return false;
        byte[] mailbox = gone.getFirst().key;
        byte[] messages = mailbox.clone(); // a letter, then the mailbox
        messages[0] = Keys.MESSAGE;
        List<Entry> some = entries(messages, FEW);
        queue.run(
                group -> {
                    for (var message : some) {
                        group.refer(MessageRecord.body(message.value), -1);
                        group.delete(message.key);
                    }
                    if (some.size() < FEW) group.delete(mailbox);
                    return some;
                });
        return true;
    }

    private List<Entry> entries(byte[] prefix, int most) {
        List<Entry> entries = new ArrayList<>();
        return engine.read(
                reads -> {
                    reads.scan(
                            prefix,
                            (key, value) -> {
                                entries.add(new Entry(key, value));
                                return entries.size() < most;
                            });
                    return entries;
                });
    }
}
