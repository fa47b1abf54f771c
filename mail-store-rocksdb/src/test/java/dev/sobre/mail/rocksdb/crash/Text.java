package dev.sobre.mail.rocksdb.crash;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.UidSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A line of words, as the process that is to be killed and its observer exchange them. */
final class Text {

    private final ArrayDeque<String> words;

    Text(String line) {
        words = new ArrayDeque<>(Arrays.asList(line.split(" ")));
    }

    String word() {
        return words.removeFirst();
    }

    long number() {
        return Long.parseLong(word());
    }

    DeliveryId delivery() {
        return new DeliveryId(
                Long.parseUnsignedLong(word(), 16), Long.parseUnsignedLong(word(), 16));
    }

    static String of(DeliveryId id) {
        return Long.toHexString(id.high()) + " " + Long.toHexString(id.low());
    }

    List<String> list() {
        String word = word();
        return word.equals("-") ? List.of() : List.of(word.split(","));
    }

    static String of(List<String> list) {
        return list.isEmpty() ? "-" : String.join(",", list);
    }

    Flags flags() {
        return Flags.parse(list());
    }

    static String of(Flags flags) {
        return of(flags.words());
    }

    UidSet uids() {
        List<UidSet.Range> ranges = new ArrayList<>();
        for (String range : list()) {
            String[] ends = range.split("-");
            ranges.add(new UidSet.Range(Long.parseLong(ends[0]), Long.parseLong(ends[1])));
        }
        return UidSet.ofRanges(ranges);
    }

    static String of(UidSet uids) {
        return of(uids.ranges().stream().map(r -> r.first() + "-" + r.last()).toList());
    }
}
