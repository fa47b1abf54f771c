package dev.sobre.mail.memory;

import dev.sobre.mail.UidSet;
import dev.sobre.mail.Vanished;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The last expunges of a mailbox, oldest first. */
final class VanishedLog {

    private final int limit;
    private final Deque<Vanished> events = new ArrayDeque<>();
    private long forgottenModSeq;

    VanishedLog(int limit) {
        this.limit = limit;
    }

    void add(Vanished event) {
        events.addLast(event);
        if (events.size() > limit) forgottenModSeq = events.removeFirst().modSeq();
    }

    /** The lowest MODSEQ after which nothing is forgotten. */
    long reachesBackTo() {
        return forgottenModSeq;
    }

    UidSet since(long modSeq) {
        List<UidSet.Range> ranges = new ArrayList<>();
        for (Iterator<Vanished> last = events.descendingIterator(); last.hasNext(); ) {
            Vanished event = last.next();
            if (event.modSeq() <= modSeq) break;
            ranges.addAll(event.uids().ranges());
        }
        return UidSet.ofRanges(ranges);
    }
}
