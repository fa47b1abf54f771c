package dev.sobre.imap;

import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.search.SortPlace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages that a search found, and how the list of them changes. RFC 5267 §4.3. */
sealed interface ContextMembers {

    /**
     * Messages that join or leave the list at a place.
     *
     * @param position in the list, from 1; 0 where the order is that of the mailbox
     */
    record Change(int position, UidSet messages) {}

    Found found(MailboxIndex known, MailboxIndex now, boolean uids);

    int count();

    /** Those of some messages, each of which was in the mailbox, that are in the list. */
    UidSet among(UidSet messages);

    /** Takes messages out, and says where they were, one after the other. */
    List<Change> remove(UidSet messages);

    /** In the order of the mailbox, of which the client knows enough without positions. */
    final class Unordered implements ContextMembers {

        private UidSet members;

        Unordered(UidSet found) {
            this.members = found;
        }

        @Override
        public Found found(MailboxIndex known, MailboxIndex now, boolean uids) {
            return Found.of(known, now, members, uids);
        }

        @Override
        public int count() {
            return (int) Math.min(members.count(), Integer.MAX_VALUE);
        }

        @Override
        public UidSet among(UidSet messages) {
            return members.intersect(messages);
        }

        @Override
        public List<Change> remove(UidSet messages) {
            members = members.minus(messages);
            return List.of(new Change(0, messages));
        }

        List<Change> add(UidSet messages) {
            members = members.plus(messages);
            return List.of(new Change(0, messages));
        }
    }

    /** In another order, where each message has its place. */
    final class Ordered implements ContextMembers {

        private final List<SortPlace> members;
        private final Map<Long, SortPlace> places = new HashMap<>();

        Ordered(List<SortPlace> sorted) {
            this.members = new ArrayList<>(sorted);
        }

        @Override
        public Found found(MailboxIndex known, MailboxIndex now, boolean uids) {
            return Found.of(known, now, members, uids);
        }

        @Override
        public int count() {
            return members.size();
        }

        @Override
        public UidSet among(UidSet messages) {
            var some = new UidSet.Builder();
            messages.stream().filter(places()::containsKey).forEach(some::add);
            return some.build();
        }

        /** Made when first needed: most lists are not followed. */
        private Map<Long, SortPlace> places() {
            if (places.isEmpty()) for (var each : members) places.put(each.uid(), each);
            return places;
        }

        @Override
        public List<Change> remove(UidSet messages) {
            List<Change> changes = new ArrayList<>();
            for (var uids = messages.iterator(); uids.hasNext(); ) {
                long uid = uids.nextLong();
                SortPlace place = places().remove(uid);
                int at = place == null ? -1 : Collections.binarySearch(members, place);
                if (at < 0) continue;
                members.remove(at);
                changes.add(new Change(at + 1, UidSet.of(uid)));
            }
            return changes;
        }

        List<Change> add(List<SortPlace> sorted) {
            List<Change> changes = new ArrayList<>();
            for (SortPlace place : sorted) {
                int at = Collections.binarySearch(members, place);
                if (at >= 0) continue;
                places().put(place.uid(), place);
                members.add(-at - 1, place);
                changes.add(new Change(-at, UidSet.of(place.uid())));
            }
            return changes;
        }
    }
}
