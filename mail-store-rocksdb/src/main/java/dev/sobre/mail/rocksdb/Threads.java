package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.ThreadId;
import dev.sobre.mail.ThreadKeys;
import dev.sobre.mail.ThreadKeys.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The tables by which messages find their threads, one for each account. */
final class Threads {

    private Threads() {}

    /** Gives a message that arrives its thread, and enters the message in the account's table. */
    static ThreadId place(Group group, AccountId account, EmailId message, ThreadKeys keys) {
        return place(asked -> group.get(asked), group::put, account, message, keys);
    }

    /** The same for a message that a repair restores. */
    static ThreadId place(Mending m, AccountId account, EmailId message, ThreadKeys keys) {
        return place(asked -> m.reads().get(asked), m.draft()::put, account, message, keys);
    }

    /** Where a message belongs, as far as can be told now. */
    static Place find(Lookup lookup, AccountId account, EmailId message, ThreadKeys keys) {
        return find(lookup::get, account, message, keys);
    }

    private static Place find(
            Function<List<byte[]>, List<Optional<byte[]>>> get,
            AccountId account,
            EmailId message,
            ThreadKeys keys) {
        return keys.place(message, asked -> table(get, account, asked));
    }

    private static ThreadId place(
            Function<List<byte[]>, List<Optional<byte[]>>> get,
            BiConsumer<byte[], byte[]> put,
            AccountId account,
            EmailId message,
            ThreadKeys keys) {
        var place = find(get, account, message, keys);
        byte[] value = encode(place.thread());
        for (long key : place.entries()) put.accept(Keys.thread(account, key), value);
        return place.thread();
    }

    private static List<Optional<ThreadId>> table(
            Function<List<byte[]>, List<Optional<byte[]>>> get,
            AccountId account,
            List<Long> keys) {
        List<byte[]> asked = keys.stream().map(key -> Keys.thread(account, key)).toList();
        return get.apply(asked).stream().map(value -> value.map(Threads::decode)).toList();
    }

    private static byte[] encode(ThreadId thread) {
        return new ByteWriter(16).i64(thread.high()).i64(thread.low()).done();
    }

    static ThreadId decode(byte[] value) {
        var in = new ByteReader(value);
        return new ThreadId(in.i64(), in.i64());
    }
}
