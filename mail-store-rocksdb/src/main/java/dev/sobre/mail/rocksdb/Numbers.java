package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import java.util.Arrays;
import java.util.Optional;

/**
 * The accounts, mailboxes or segments of which there is any entry, in their order. Passes over
 * their many entries with a seek each.
 */
final class Numbers {

    private static final byte[] NONE = {(byte) 0xFF};

    private final Reads reads;
    private final byte[] kinds;
    private final byte[] prefix;
    private final int length;
    private final byte[][] next; // for each kind, without its letter

    /** Accounts (1) or their mailboxes (2) by the numbers that keys of some kinds begin with. */
    Numbers(Reads reads, byte[] kinds, int numbers) {
        this(reads, kinds, new byte[0], 8 * numbers);
    }

    /** The mailboxes of an account. */
    Numbers(Reads reads, AccountId account, byte[] kinds) {
        this(reads, kinds, new ByteWriter(8).i64(account.value()).done(), 16);
    }

    private Numbers(Reads reads, byte[] kinds, byte[] prefix, int length) {
        this.reads = reads;
        this.kinds = kinds.clone();
        this.prefix = prefix;
        this.length = length;
        this.next = new byte[kinds.length][];
        for (int i = 0; i < kinds.length; i++) next[i] = find(i, prefix);
    }

    /** The next numbers, 8 octets each. */
    Optional<byte[]> next() {
        byte[] least = NONE;
        for (byte[] each : next) if (Arrays.compareUnsigned(each, least) < 0) least = each;
        if (Arrays.equals(least, NONE)) return Optional.empty();
        byte[] after = Keys.after(least);
        for (int i = 0; i < next.length; i++) {
            if (Arrays.equals(next[i], least)) next[i] = find(i, after);
        }
        return Optional.of(least);
    }

    private byte[] find(int kind, byte[] from) {
        byte[] start = with(kinds[kind], from);
        byte[] end = Keys.after(with(kinds[kind], prefix));
        if (Arrays.compareUnsigned(start, end) >= 0) return NONE;
        return reads.first(start, end)
                .filter(key -> key.length > length)
                .map(key -> Arrays.copyOfRange(key, 1, 1 + length))
                .orElse(NONE);
    }

    private static byte[] with(byte kind, byte[] rest) {
        return new ByteWriter(1 + rest.length).u8(kind).raw(rest).done();
    }
}
