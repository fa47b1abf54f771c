package dev.sobre.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.MailboxIndex.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An index that was packed and put together again is the same. */
class IndexAssemblyTest {

    private static final Flags LABELLED = Flags.of(Flag.SEEN.bit(), List.of("$Label1", "häufig"));

    private static MailboxIndex index() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            long uid = i < 300 ? i + 1 : 0xFFFF_0000L + i;
            var flags = i % 7 == 0 ? LABELLED : i % 2 == 0 ? Flags.SEEN : Flags.NONE;
            long modSeq = i == 5 ? Long.MAX_VALUE : 1000 + i;
            long octets = i == 9 ? 0 : 1L << i % 40;
            var date = Instant.ofEpochMilli(i == 3 ? -5000 : 1_700_000_000_123L + 977L * i);
            rows.add(
                    new Row(uid, flags, modSeq, octets, date, Instant.ofEpochSecond(0xFFFF_FFF0L)));
        }
        return MailboxIndex.of(state(rows), rows);
    }

    private static MailboxState state(List<Row> rows) {
        int unseen = (int) rows.stream().filter(r -> !r.flags().has(Flag.SEEN)).count();
        long octets = rows.stream().mapToLong(Row::octets).sum();
        return new MailboxState(1, 0xFFFF_FFFFL, Long.MAX_VALUE, rows.size(), unseen, octets);
    }

    private static Row row(MailboxIndex index, int at) {
        return new Row(
                index.uid(at),
                index.flags(at),
                index.modSeq(at),
                index.octets(at),
                index.internalDate(at),
                index.savedDate(at));
    }

    @Test
    void packedAndRowsTogetherGiveTheSame() {
        MailboxIndex index = index();
        var again = new IndexAssembly();
        again.add(ByteBuffer.wrap(index.pack(0, 255)));
        for (int at = 255; at < 300; at++) again.add(row(index, at));
        again.add(ByteBuffer.wrap(index.pack(301, 0xFFFF_0000L))); // of none
        again.add(ByteBuffer.wrap(index.pack(0xFFFF_0000L, 0xFFFF_0000L + 500)));
        for (int at = 501; at < 600; at++) again.add(row(index, at));
        assertTrue(again.agreesWith(index.state()));
        MailboxIndex same = again.done(index.state());
        assertEquals(index.size(), same.size());
        for (int at = 0; at < 600; at++) {
            assertEquals(row(index, at), row(same, at));
            assertEquals(index.flags(at).words(), same.flags(at).words());
        }
        assertEquals(Set.copyOf(index.keywords()), Set.copyOf(same.keywords()));
        assertArrayEquals(index.pack(0, 255), same.pack(0, 255));
        var without = same.update(same.state(), List.of());
        assertEquals(2, without.keywords().size());
    }

    @Test
    void whatLacksAMessageDoesNotAgree() {
        MailboxIndex index = index();
        var some = new IndexAssembly();
        some.add(ByteBuffer.wrap(index.pack(0, 255)));
        assertFalse(some.agreesWith(index.state()));
    }

    @Test
    void whatWasNotPackedIsRefused() {
        byte[] packed = index().pack(1, 200);
        for (int length = 0; length < packed.length; length += 7) {
            var cut = ByteBuffer.wrap(Arrays.copyOf(packed, length));
            assertThrows(IllegalArgumentException.class, () -> new IndexAssembly().add(cut));
        }
        var twice = new IndexAssembly();
        twice.add(ByteBuffer.wrap(packed));
        assertThrows(IllegalArgumentException.class, () -> twice.add(ByteBuffer.wrap(packed)));
    }

    @Test
    void aMessageTakesFewOctets() {
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= 256; i++) {
            var date = Instant.ofEpochSecond(1_700_000_000L + 60L * i);
            rows.add(new Row(i, Flags.SEEN, 5 + i, 3000 + 11L * i, date, date));
        }
        byte[] packed = MailboxIndex.of(state(rows), rows).pack(1, 256);
        assertTrue(packed.length < 256 * 16, packed.length + " octets");
    }
}
