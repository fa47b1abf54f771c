package dev.sobre.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Sets of UIDs against {@link TreeSet}. */
class UidSetTest {

    @Test
    void aSetDoesWhatSetsDo() {
        var random = new Random(17);
        for (int round = 0; round < 500; round++) {
            Set<Long> a = some(random);
            Set<Long> b = some(random);
            var left = UidSet.of(a);
            var right = UidSet.of(b);
            assertEquals(List.copyOf(a), walked(left));
            assertEquals(List.copyOf(a), left.stream().boxed().toList());
            assertEquals(a.size(), left.count());
            var all = new TreeSet<>(a);
            all.addAll(b);
            assertEquals(List.copyOf(all), walked(left.plus(right)));
            var common = new TreeSet<>(a);
            common.retainAll(b);
            assertEquals(List.copyOf(common), walked(left.intersect(right)));
            var rest = new TreeSet<>(a);
            rest.removeAll(b);
            assertEquals(List.copyOf(rest), walked(left.minus(right)));
            for (int n = 0; n <= a.size() + 1; n++) {
                var highest = List.copyOf(a).subList(Math.max(0, a.size() - n), a.size());
                assertEquals(highest, walked(left.highest(n)));
            }
            for (long uid = 1; uid < 50; uid++) assertEquals(a.contains(uid), left.contains(uid));
        }
    }

    private static Set<Long> some(Random random) {
        var set = new TreeSet<Long>();
        int many = random.nextInt(30);
        for (int i = 0; i < many; i++) set.add(1L + random.nextInt(48));
        return set;
    }

    private static List<Long> walked(UidSet set) {
        List<Long> uids = new ArrayList<>();
        for (var each = set.iterator(); each.hasNext(); ) uids.add(each.nextLong());
        return uids;
    }

    @Test
    void theSetOfAllIsWalkedWithoutHoldingIt() {
        var all = UidSet.ALL.iterator();
        for (long uid = 1; uid <= 1000; uid++) assertEquals(uid, all.nextLong());
        var last = UidSet.range(UidSet.HIGHEST, UidSet.HIGHEST).iterator();
        assertEquals(UidSet.HIGHEST, last.nextLong());
        assertFalse(last.hasNext());
        assertThrows(NoSuchElementException.class, last::nextLong);
    }
}
