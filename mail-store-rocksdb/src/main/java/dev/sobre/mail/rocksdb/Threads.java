package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.ThreadId;
import dev.sobre.mail.ThreadKeys;
import java.util.List;
import java.util.Optional;

/** The tables by which messages find their threads, one for each account. */
final class Threads {

    private Threads() {}

    /** Gives a message that arrives its thread, and enters the message in the account's table. */
    static ThreadId place(Group group, AccountId account, EmailId message, ThreadKeys keys) {
        List<byte[]> asked = keys.all().stream().map(key -> Keys.thread(account, key)).toList();
        List<Optional<ThreadId>> found =
                group.get(asked).stream().map(value -> value.map(Threads::decode)).toList();
        var place = keys.place(message, found);
        byte[] value = encode(place.thread());
        for (long key : place.entries()) group.put(Keys.thread(account, key), value);
        return place.thread();
    }

    private static byte[] encode(ThreadId thread) {
        return new ByteWriter(16).i64(thread.high()).i64(thread.low()).done();
    }

    static ThreadId decode(byte[] value) {
        var in = new ByteReader(value);
        return new ThreadId(in.i64(), in.i64());
    }
}
