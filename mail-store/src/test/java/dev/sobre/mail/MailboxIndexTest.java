package dev.sobre.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.MailboxIndex.Row;
import dev.sobre.mail.StoreResult.Updated;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MailboxIndexTest {

    /** The same mailbox, kept the simplest way. */
    private static final class Model {
        private final TreeMap<Long, Row> rows = new TreeMap<>();
        private final Random random;
        private long lastUid;
        private long modSeq = 1;

        Model(long seed) {
            random = new Random(seed);
        }

        MailboxState state() {
            return new MailboxState(1, lastUid + 1, modSeq, rows.size(), 0, 0);
        }

        MailboxIndex step(MailboxIndex index) {
            return switch (random.nextInt(4)) {
                case 0, 1 -> append(index, random.nextInt(600));
                case 2 -> update(index, some());
                default -> remove(index, random.nextBoolean() ? some() : run());
            };
        }

        private MailboxIndex append(MailboxIndex index, int count) {
            List<Row> more = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                // UIDs over the middle of their range look negative as an int.
                lastUid += 1 + (random.nextInt(50) == 0 ? random.nextLong(1L << 24) : 0);
                var date = Instant.ofEpochMilli(random.nextLong(1L << 45) - (1L << 44));
                var saved = Instant.ofEpochSecond(random.nextLong(1L << 32));
                more.add(
                        new Row(
                                lastUid,
                                flags(),
                                ++modSeq,
                                random.nextLong(1L << 40),
                                date,
                                saved));
            }
            more.forEach(row -> rows.put(row.uid(), row));
            return index.append(state(), more);
        }

        private MailboxIndex update(MailboxIndex index, UidSet uids) {
            modSeq++;
            List<Updated> changes = new ArrayList<>();
            uids.stream().forEach(uid -> changes.add(new Updated(uid, flags(), modSeq)));
            for (var c : changes) {
                rows.computeIfPresent(
                        c.uid(),
                        (uid, r) ->
                                new Row(
                                        uid,
                                        c.flags(),
                                        modSeq,
                                        r.octets(),
                                        r.internalDate(),
                                        r.savedDate()));
            }
            return index.update(state(), changes);
        }

        private MailboxIndex remove(MailboxIndex index, UidSet gone) {
            modSeq++;
            rows.keySet().removeIf(gone::contains);
            return index.remove(state(), gone);
        }

        private UidSet some() {
            var set = new UidSet.Builder();
            int one = 1 + random.nextInt(20);
            rows.keySet().stream().filter(uid -> random.nextInt(one) == 0).forEach(set::add);
            return set.add(lastUid + 1).build();
        }

        private UidSet run() {
            if (lastUid == 0) return UidSet.NONE;
            long first = 1 + random.nextLong(lastUid);
            return UidSet.range(first, first + random.nextLong(lastUid));
        }

        private Flags flags() {
            var keywords =
                    random.nextInt(4) == 0 ? List.of("k" + random.nextInt(5)) : List.<String>of();
            return Flags.of(random.nextInt(32), keywords);
        }

        void check(MailboxIndex index) {
            assertEquals(List.copyOf(rows.values()), rows(index));
            assertEquals(state(), index.state());
            var uids = new UidSet.Builder();
            rows.keySet().forEach(uids::add);
            assertEquals(uids.build(), index.existing(UidSet.ALL));
            UidSet some = run().plus(run());
            assertEquals(uids.build().intersect(some), index.existing(some));
            long since = random.nextLong(modSeq + 1);
            assertEquals(
                    rows.values().stream()
                            .filter(r -> r.modSeq() > since)
                            .map(r -> new Updated(r.uid(), r.flags(), r.modSeq()))
                            .toList(),
                    index.changedSince(since));
            assertTrue(index.changedSince(since).size() <= index.mostChangedSince(since));
            assertEquals(0, index.mostChangedSince(modSeq));
            for (int i = 0; i < 20; i++) {
                long uid = random.nextLong(lastUid + 2);
                int before = rows.headMap(uid).size();
                assertEquals(rows.containsKey(uid) ? before : -before - 1, index.find(uid));
            }
            checkFound(index, run());
            checkFound(index, some().plus(absent()).minus(run()));
            checkFound(index, UidSet.ALL.minus(some()));
        }

        private void checkFound(MailboxIndex index, UidSet wanted) {
            List<Long> found = new ArrayList<>();
            index.positions(wanted).forEachRemaining((int at) -> found.add(index.uid(at)));
            assertEquals(rows.keySet().stream().filter(wanted::contains).toList(), found);
            assertEquals(found.size(), index.count(wanted));
        }

        /** UIDs that may be there, or in a gap. */
        private UidSet absent() {
            return UidSet.of(random.longs(20, 1, lastUid + 2).toArray());
        }
    }

    @Property(tries = 200)
    void anIndexIsWhatAPlainMapWouldBe(@ForAll long seed) {
        var model = new Model(seed);
        MailboxIndex index = MailboxIndex.of(model.state(), List.of());
        for (int step = 0; step < 12; step++) {
            MailboxIndex before = index;
            List<Row> then = rows(before);
            index = model.step(index);
            model.check(index);
            assertEquals(then, rows(before), "an older index has changed");
        }
    }

    @Test
    void equalFlagsAreOneObject() {
        var state = new MailboxState(1, 3, 1, 2, 0, 0);
        var rows = new ArrayList<Row>();
        for (int i = 1; i <= 2; i++) {
            var flags = Flags.of(Flag.SEEN.bit(), List.of("$Forwarded"));
            rows.add(new Row(i, flags, 1, 1, Instant.EPOCH, Instant.EPOCH));
        }
        var index = MailboxIndex.of(state, rows);
        assertSame(index.flags(0), index.flags(1));
    }

    @Test
    void datesAreKeptToTheMillisecond() {
        var date = Instant.parse("2024-02-29T12:34:56.789123456Z");
        var row = new Row(1, Flags.NONE, 1, 1, date, date);
        var index = MailboxIndex.of(new MailboxState(1, 2, 1, 1, 1, 1), List.of(row));
        assertEquals(Instant.parse("2024-02-29T12:34:56.789Z"), index.internalDate(0));
        assertEquals(Instant.parse("2024-02-29T12:34:56Z"), index.savedDate(0));
    }

    @Test
    void uidsThatDoNotAscendAreABug() {
        var row = new Row(1, Flags.NONE, 1, 1, Instant.EPOCH, Instant.EPOCH);
        var state = new MailboxState(1, 2, 1, 1, 1, 1);
        assertThrows(
                IllegalArgumentException.class, () -> MailboxIndex.of(state, List.of(row, row)));
        assertThrows(
                IndexOutOfBoundsException.class, () -> MailboxIndex.of(state, List.of(row)).uid(1));
    }

    /** Promise 5: under 40 octets a message, counted over the real arrays. */
    @Test
    void aMessageTakesFewerThanFortyOctets() throws ReflectiveOperationException {
        List<Row> rows = new ArrayList<>();
        for (long uid = 1; uid <= 1_000_000; uid++) {
            Flags flags = uid % 2 == 0 ? Flags.SEEN : Flags.of(0, List.of("$Junk"));
            rows.add(new Row(uid, flags, uid, uid, Instant.EPOCH, Instant.EPOCH));
        }
        var index = MailboxIndex.of(new MailboxState(1, 1_000_001, 1, 0, 0, 0), rows);
        long octets = octets(index);
        assertTrue(octets > 36_000_000, octets + " octets are too few to be all");
        assertTrue(octets < 40_000_000, octets + " octets");
    }

    /** The arrays and blocks below an index; flags are shared. */
    private static long octets(Object of) throws ReflectiveOperationException {
        long octets = 16;
        for (var field : of.getClass().getDeclaredFields()) {
            octets += 8;
            field.setAccessible(true);
            Object value = Modifier.isStatic(field.getModifiers()) ? null : field.get(of);
            switch (value) {
                case int[] ints -> octets += 16 + 4L * ints.length;
                case long[] longs -> octets += 16 + 8L * longs.length;
                case Flags[] references -> octets += 16 + 4L * references.length;
                case IndexBlock[] blocks -> {
                    octets += 16 + 4L * blocks.length;
                    for (var block : blocks) octets += octets(block);
                }
                case null, default -> {}
            }
        }
        return octets;
    }

    private static List<Row> rows(MailboxIndex index) {
        List<Row> rows = new ArrayList<>();
        for (int at = 0; at < index.size(); at++) {
            rows.add(
                    new Row(
                            index.uid(at),
                            index.flags(at),
                            index.modSeq(at),
                            index.octets(at),
                            index.internalDate(at),
                            index.savedDate(at)));
        }
        return rows;
    }
}
