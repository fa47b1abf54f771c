package dev.sobre.imap;

import dev.sobre.imap.FetchItem.Known;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** FETCH and UID FETCH: what is asked of each message of a set. RFC 3501 §6.4.5, §6.4.8. */
record Fetch(SequenceSet set, boolean uids, List<FetchItem> items, FetchModifiers modifiers)
        implements Command<Selected> {

    private static final int MOST_ITEMS = 256;

    /** So many messages are marked \Seen at once, just before they are sent. */
    private static final int SEEN_AHEAD = 32;

    /** The macros (RFC 3501 §6.4.5); they stand alone. */
    private static final List<FetchItem> FAST =
            List.of(Known.FLAGS, Known.INTERNALDATE, Known.SIZE);

    private static final List<FetchItem> ALL =
            List.of(Known.FLAGS, Known.INTERNALDATE, Known.SIZE, Known.ENVELOPE);

    private static final List<FetchItem> FULL =
            List.of(Known.FLAGS, Known.INTERNALDATE, Known.SIZE, Known.ENVELOPE, Known.BODY);

    static Fetch parse(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    static Fetch parseUid(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    private static Fetch parse(ImapReader in, boolean uids) throws BadMessage, IOException {
        in.space();
        var set = in.sequenceSet();
        in.space();
        List<FetchItem> items = in.isNext('(') ? list(in) : single(in);
        var modifiers = in.take(' ') ? FetchModifiers.parse(in, uids) : FetchModifiers.NONE;
        in.endOfLine();
        // RFC 7162 §3.1.4.1
        if (modifiers.changedSince().isPresent()) items = with(items, Known.MODSEQ);
        return new Fetch(set, uids, items, modifiers);
    }

    private static List<FetchItem> with(List<FetchItem> items, Known more) {
        if (items.contains(more)) return items;
        List<FetchItem> all = new ArrayList<>(items);
        if (more == Known.UID) all.addFirst(more);
        else all.addLast(more);
        return List.copyOf(all);
    }

    /** Reads a parenthesised list of items. */
    static List<FetchItem> list(ImapReader in) throws BadMessage, IOException {
        in.expect('(');
        List<FetchItem> items = new ArrayList<>();
        do {
            items.add(FetchItem.parse(in.name(), in));
            if (items.size() > MOST_ITEMS) throw new BadMessage("too many items");
        } while (in.take(' '));
        in.expect(')');
        return List.copyOf(items);
    }

    private static List<FetchItem> single(ImapReader in) throws BadMessage, IOException {
        String name = in.name();
        return switch (name) {
            case "FAST" -> FAST;
            case "ALL" -> ALL;
            case "FULL" -> FULL;
            default -> List.of(FetchItem.parse(name, in));
        };
    }

    @Override
    public Reply run(Selected state, ImapWriter out) throws IOException, BadMessage {
        MailboxView view = state.view();
        requireOffered(state.client());
        if (items.stream().anyMatch(FetchItem::isDecoded)) state.client().connection().stepAside();
        if (uids && !items.contains(Known.UID) && !state.client().has(Extension.UIDONLY)) {
            // RFC 3501 §6.4.8: UID is among the answers; in a UIDFETCH it is already
            return new Fetch(set, uids, with(items, Known.UID), modifiers).run(state, out);
        }
        UidSet meant = modifiers.part(view.resolve(set, uids));
        var limit = MessageLimit.of(state.client());
        if (modifiers.partial().isPresent() && !limit.allows(meant.count())) {
            return limit.refusal("PARTIAL asks for too many messages at once");
        }
        if (items.contains(Known.MODSEQ)) view.enableCondstore(out);
        if (modifiers.vanished()) {
            long since = modifiers.changedSince().orElseThrow();
            Resync.writeVanished(set.resolve(view.lastUid()), since, view, out);
        }
        var share = limit.of(meant);
        UidSet chosen = modifiers.choose(share.uids(), view.now());
        Tally tally = share.isCut() ? downwards(state, chosen, out) : answers(state, chosen, out);
        return share.told(reply(tally, chosen.count()), out);
    }

    private Reply reply(Tally tally, long wanted) {
        if (tally.encoded > 0) {
            return Reply.no("UNKNOWN-CTE", tally.encoded + " of the messages can't be decoded");
        }
        if (tally.damaged > 0) {
            return Reply.no("CORRUPTION", tally.damaged + " of the messages can't be read");
        }
        if (!uids && tally.found < wanted) {
            return Reply.no("EXPUNGEISSUED", "some of the messages are gone");
        }
        return Reply.ok("FETCH completed");
    }

    private void requireOffered(Client client) throws BadMessage {
        for (FetchItem item : items) client.require(item.feature());
        if (modifiers.partial().isPresent()) client.require(Feature.PARTIAL);
        if (modifiers.vanished()) client.require(Feature.QRESYNC);
        if (modifiers.vanished() && !client.has(Extension.QRESYNC)) {
            throw new BadMessage("ENABLE QRESYNC first");
        }
    }

    /**
     * How many messages were there, and how many of them could not be read, or have a transfer
     * encoding that nobody knows.
     */
    private record Tally(long found, int damaged, int encoded) {
        static final Tally NONE = new Tally(0, 0, 0);
        static final Tally ANSWERED = new Tally(1, 0, 0);
        static final Tally DAMAGED = new Tally(1, 1, 0);
        static final Tally ENCODED = new Tally(1, 0, 1);

        Tally plus(Tally more) {
            return new Tally(found + more.found, damaged + more.damaged, encoded + more.encoded);
        }
    }

    /** RFC 9738 §3.1: from the highest UID to the lowest, where messages are left out. */
    private Tally downwards(Selected state, UidSet chosen, ImapWriter out) throws IOException {
        Tally tally = Tally.NONE;
        for (var range : chosen.ranges().reversed()) {
            for (long uid = range.last(); uid >= range.first(); uid--) {
                tally = tally.plus(answers(state, UidSet.of(uid), out));
            }
        }
        return tally;
    }

    private Tally answers(Selected state, UidSet meant, ImapWriter out) throws IOException {
        boolean seen = !state.view().readOnly() && items.stream().anyMatch(FetchItem::setsSeen);
        if (seen) return markingSeen(state, meant, out);
        if (items.stream().anyMatch(FetchItem::needsMessage)) {
            return messages(state, meant, UidSet.NONE, out);
        }
        return rows(state.view(), meant, out);
    }

    /** Answers from the index alone. */
    private Tally rows(MailboxView view, UidSet meant, ImapWriter out) throws IOException {
        var now = view.now();
        long found = 0;
        for (var each = meant.iterator(); each.hasNext(); ) {
            int at = now.find(each.nextLong());
            if (at < 0) continue;
            var subject = FetchResponse.Subject.of(now, at);
            FetchResponse.write(items, subject, view, out);
            found++;
        }
        return new Tally(found, 0, 0);
    }

    private Tally messages(Selected state, UidSet meant, UidSet newlySeen, ImapWriter out)
            throws IOException {
        if (meant.isEmpty()) return Tally.NONE;
        var seenItems = withFlags(state.client());
        var tally = Tally.NONE;
        try (var messages = state.store().messages(state.view().id(), meant)) {
            for (var next = messages.next(); next.isPresent(); next = messages.next()) {
                Message message = next.get();
                var asked = newlySeen.contains(message.uid()) ? seenItems : items;
                tally = tally.plus(message(asked, message, state, out));
            }
        }
        return tally;
    }

    /** Answers for one message. When it can't be read, the others are still sent. */
    private static Tally message(
            List<FetchItem> asked, Message message, Selected state, ImapWriter out)
            throws IOException {
        try (var body = new MessageBody(state.store(), message)) {
            if (!asked.stream().allMatch(body::decodes)) return Tally.ENCODED;
            var subject = FetchResponse.Subject.of(message, body);
            FetchResponse.write(asked, subject, state.view(), out);
            return Tally.ANSWERED;
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.DAMAGED || !out.undoLine()) throw e;
            return Tally.DAMAGED;
        }
    }

    /** RFC 3501 §6.4.5: \Seen is set, and the new flags are among the answers. */
    private Tally markingSeen(Selected state, UidSet meant, ImapWriter out) throws IOException {
        Tally tally = Tally.NONE;
        var some = new UidSet.Builder();
        int count = 0;
        for (var each = meant.iterator(); each.hasNext(); ) {
            some.add(each.nextLong());
            if (++count < SEEN_AHEAD && each.hasNext()) continue;
            UidSet chunk = some.build();
            tally = tally.plus(messages(state, chunk, markSeen(state, chunk), out));
            some = new UidSet.Builder();
            count = 0;
        }
        return tally;
    }

    private static UidSet markSeen(Selected state, UidSet chunk) {
        var now = state.view().now();
        var unseen = new UidSet.Builder();
        for (var each = chunk.iterator(); each.hasNext(); ) {
            long uid = each.nextLong();
            int at = now.find(uid);
            if (at >= 0 && !now.flags(at).has(Flag.SEEN)) unseen.add(uid);
        }
        UidSet uids = unseen.build();
        if (uids.isEmpty()) return uids;
        var change = new FlagChange(FlagChange.Kind.ADD, Flags.SEEN);
        var mine = change.by(state.login().rights(state.view().id()));
        state.store().store(state.view().id(), uids, mine, Long.MAX_VALUE);
        return uids;
    }

    /** RFC 7162 §3.2.4: what the client did not ask for has UID and MODSEQ, too. */
    private List<FetchItem> withFlags(Client client) {
        var more = with(items, Known.FLAGS);
        boolean modSeqs = client.has(Extension.CONDSTORE);
        boolean uidToo = modSeqs || client.has(Extension.IMAP4REV2); // RFC 9051 §7.5.2
        if (uidToo && !client.has(Extension.UIDONLY)) more = with(more, Known.UID);
        return modSeqs ? with(more, Known.MODSEQ) : more;
    }
}
