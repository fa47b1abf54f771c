package dev.sobre.mail;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * Neighbouring messages of an index in some fifteen octets each, quickly read. Numbers are
 * big-endian.
 *
 * <pre>
 * messages 2, kinds of flags 2; of each kind: system flags 1, keywords 2, each with its length 2
 * columns: UID, kind of flags, MODSEQ, size, internal date (ms), saved date (s)
 * column:  least 8, width 1; of each message how much more, in so many octets
 * </pre>
 */
final class PackedMessages {

    private PackedMessages() {}

    /** The messages of an index from one position to another, which is not included. */
    static byte[] pack(MailboxIndex index, int from, int to) {
        Map<List<String>, Integer> kinds = new LinkedHashMap<>(); // by the words as they came
        List<Flags> flags = new ArrayList<>();
        int[] kind = new int[to - from];
        for (int at = from; at < to; at++) {
            Flags own = index.flags(at);
            kind[at - from] = kinds.computeIfAbsent(own.words(), _ -> kinds.size());
            if (kinds.size() > flags.size()) flags.add(own);
        }
        var octets = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(octets)) {
            out.writeShort(to - from);
            out.writeShort(flags.size());
            for (Flags each : flags) write(out, each);
            column(out, from, to, index::uid);
            column(out, from, to, at -> kind[at - from]);
            column(out, from, to, index::modSeq);
            column(out, from, to, index::octets);
            column(out, from, to, at -> index.internalDate(at).toEpochMilli());
            column(out, from, to, at -> index.savedDate(at).getEpochSecond());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    private static void write(DataOutputStream out, Flags flags) throws IOException {
        out.writeByte(flags.systemBits());
        out.writeShort(flags.keywords().size());
        for (String keyword : flags.keywords()) {
            byte[] utf8 = keyword.getBytes(StandardCharsets.UTF_8);
            out.writeShort(utf8.length);
            out.write(utf8);
        }
    }

    private static void column(DataOutputStream out, int from, int to, IntToLongFunction values)
            throws IOException {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int at = from; at < to; at++) {
            least = Math.min(least, values.applyAsLong(at));
            most = Math.max(most, values.applyAsLong(at));
        }
        int width = (Long.SIZE - Long.numberOfLeadingZeros(most - least) + 7) / 8;
        out.writeLong(least);
        out.writeByte(width);
        for (int at = from; at < to; at++) {
            long more = values.applyAsLong(at) - least;
            for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
                out.writeByte((int) (more >>> shift));
            }
        }
    }

    /**
     * Reads what {@link #pack} wrote.
     *
     * @throws IllegalArgumentException when it did not write this
     */
    static IndexBlock unpack(ByteBuffer packed, FlagPool pool) {
        try {
            var in = packed.duplicate();
            int count = Short.toUnsignedInt(in.getShort());
            if (count > IndexBlock.MOST) throw new IllegalArgumentException("too many messages");
            Flags[] kinds = new Flags[Short.toUnsignedInt(in.getShort())];
            for (int i = 0; i < kinds.length; i++) kinds[i] = pool.one(flags(in));
            int[] uids = ints(column(in, count));
            Flags[] flags = new Flags[count];
            long[] kind = column(in, count);
            for (int i = 0; i < count; i++) flags[i] = kinds[Math.toIntExact(kind[i])];
            long[] modSeqs = column(in, count);
            long[] octets = column(in, count);
            long[] dates = column(in, count);
            int[] saved = ints(column(in, count));
            return new IndexBlock(uids, flags, modSeqs, octets, dates, saved);
        } catch (BufferUnderflowException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("no packed messages", e);
        }
    }

    private static Flags flags(ByteBuffer in) {
        int system = in.get() & 0xFF;
        int count = Short.toUnsignedInt(in.getShort());
        List<String> keywords = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] utf8 = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(utf8);
            keywords.add(new String(utf8, StandardCharsets.UTF_8));
        }
        return Flags.of(system, keywords);
    }

    private static long[] column(ByteBuffer in, int count) {
        long least = in.getLong();
        int width = in.get();
        long[] all = new long[count];
        for (int i = 0; i < count; i++) {
            long more = 0;
            for (int octet = 0; octet < width; octet++) more = more << 8 | (in.get() & 0xFF);
            all[i] = least + more;
        }
        return all;
    }

    private static int[] ints(long[] unsigned) {
        int[] all = new int[unsigned.length];
        for (int i = 0; i < all.length; i++) all[i] = (int) unsigned[i];
        return all;
    }
}
