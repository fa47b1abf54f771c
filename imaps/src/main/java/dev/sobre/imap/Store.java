package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.OptionalLong;

/**
 * STORE and UID STORE: changes flags. RFC 3501 §6.4.6.
 *
 * @param unchangedSince leaves messages with a higher MODSEQ alone. RFC 7162 §3.1.3
 */
record Store(
        SequenceSet set,
        boolean uids,
        OptionalLong unchangedSince,
        FlagChange change,
        boolean silent)
        implements Command<Selected> {

    static Store parse(ImapReader in) throws BadMessage {
        return parse(in, false);
    }

    static Store parseUid(ImapReader in) throws BadMessage {
        return parse(in, true);
    }

    private static Store parse(ImapReader in, boolean uids) throws BadMessage {
        in.space();
        var set = in.sequenceSet();
        in.space();
        var unchangedSince = in.isNext('(') ? modifier(in) : OptionalLong.empty();
        var kind = FlagChange.Kind.REPLACE;
        if (in.take('+')) kind = FlagChange.Kind.ADD;
        else if (in.take('-')) kind = FlagChange.Kind.REMOVE;
        String item = in.name();
        boolean silent = item.equals("FLAGS.SILENT");
        if (!silent && !item.equals("FLAGS")) throw new BadMessage("STORE changes FLAGS only");
        in.space();
        var flags = in.messageFlags();
        in.endOfLine();
        return new Store(set, uids, unchangedSince, new FlagChange(kind, flags), silent);
    }

    private static OptionalLong modifier(ImapReader in) throws BadMessage {
        in.expect('(');
        if (!in.keyword().equals("UNCHANGEDSINCE")) {
            throw new BadMessage("STORE knows no such modifier");
        }
        in.space();
        var modSeq = OptionalLong.of(in.modSeqOrZero());
        in.expect(')');
        in.space();
        return modSeq;
    }

    @Override
    public Reply run(Selected state, ImapWriter out) throws IOException, BadMessage {
        MailboxView view = state.view();
        if (unchangedSince.isPresent()) state.client().require(Feature.CONDSTORE);
        var share = MessageLimit.of(state.client()).of(view.resolve(set, uids));
        UidSet meant = share.uids();
        if (unchangedSince.isPresent()) view.enableCondstore(out);
        if (view.readOnly()) return Reply.no("CANNOT", "the mailbox was opened with EXAMINE");
        if (meant.isEmpty()) return Reply.ok("nothing to change");
        var rights = state.login().rights(view.id());
        if (!rights.hasAny("swt")) {
            return Reply.no("NOPERM", "you have no right to change flags here");
        }
        var mine = change.by(rights);
        long since = unchangedSince.orElse(Long.MAX_VALUE);
        StoreResult result = change(meant, mine, since, state);
        boolean modSeqs = state.client().has(Extension.CONDSTORE);
        // RFC 9738 §3.1: from the highest UID down where messages are left out
        for (var now : share.isCut() ? result.changed().reversed() : result.changed()) {
            if (silent) tellSilently(now, mine, modSeqs, view, out);
            else {
                view.writeFlags(view.sequence(now.uid()), now, out);
                view.remember(now.uid(), now.flags());
            }
        }
        return share.told(reply(meant, result, view), out);
    }

    private static StoreResult change(UidSet meant, FlagChange mine, long since, Selected state) {
        MailboxView view = state.view();
        StoreResult first = state.store().store(view.id(), meant, mine, since);
        if (first.modified().isEmpty()) return first;
        var now = view.now();
        UidSet alone = new OtherFlags(mine, since, view).alone(first.modified(), now);
        if (alone.isEmpty()) return first;
        // What changes from here on has a higher MODSEQ, and then fails.
        long upToNow = now.state().highestModSeq();
        StoreResult second = state.store().store(view.id(), alone, mine, upToNow);
        var changed = new ArrayList<>(first.changed());
        changed.addAll(second.changed());
        changed.sort(Comparator.comparingLong(Updated::uid));
        UidSet modified = first.modified().minus(alone).plus(second.modified());
        return new StoreResult(changed, modified, second.highestModSeq());
    }

    /**
     * The client knows the outcome without being told. If it is another, because someone else
     * changed flags too, the news at the end tell it.
     */
    private static void tellSilently(
            Updated now, FlagChange mine, boolean modSeqs, MailboxView view, ImapWriter out)
            throws IOException {
        Flags expected = mine.apply(view.believed(now.uid()));
        view.learn(now.flags(), out);
        view.remember(now.uid(), expected);
        if (modSeqs) view.writeModSeq(now, out); // RFC 7162 §3.1.3: also when silent
    }

    private Reply reply(UidSet meant, StoreResult result, MailboxView view) {
        UidSet modified = result.modified();
        boolean gone = !uids && result.changed().size() + modified.count() < meant.count();
        var reply =
                gone
                        ? Reply.no("EXPUNGEISSUED", "some of the messages are gone")
                        : Reply.ok("STORE completed");
        if (modified.isEmpty()) return reply;
        // RFC 7162 §3.1.3: in the numbers that the client used.
        return reply.code("MODIFIED " + (uids ? modified : view.sequences(modified)));
    }
}
