package dev.sobre.mail.search;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongToIntFunction;

/** A sort under way: gathers the places of messages, and sorts them. RFC 5256. */
final class Sorting implements Workers.Work {

    /** So many octets of places one sort may hold. */
    private static final long MOST_OCTETS = 64 << 20;

    private final MailboxIndex now;
    private final UidSet which;
    private final PlaceWriter writer;
    private final Walk walk;
    private final List<SortPlace> places = new ArrayList<>();
    private long held;

    Sorting(
            MailStore store,
            MailboxId mailbox,
            MailboxIndex now,
            UidSet which,
            List<SortKey> order,
            LongToIntFunction relevancy,
            Runnable check) {
        this.now = now;
        this.which = which;
        this.writer = new PlaceWriter(now, order, relevancy);
        this.walk = new Walk(store, mailbox, now, which, check);
    }

    @Override
    public boolean turn(long until) {
        if (writer.needsNoMessage()) {
            for (var at = now.positions(which); at.hasNext(); ) hold(writer.place(at.nextInt()));
        } else if (walk.turn(until, (at, message) -> hold(writer.place(at, message)))) {
            return true;
        }
        Collections.sort(places);
        return false;
    }

    private void hold(SortPlace place) {
        held += place.length();
        if (held > MOST_OCTETS) throw Workers.tooMuch();
        places.add(place);
    }

    List<SortPlace> places() {
        return places;
    }
}
