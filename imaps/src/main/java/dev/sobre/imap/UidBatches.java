package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;

/**
 * UIDBATCHES: UIDs that part the mailbox into batches of so many messages, the latest first. RFC
 * 10022.
 *
 * @param tag of the command, which the answer names
 * @param size of a batch, in messages
 * @param first batch that is asked for, the latest being 1
 * @param last batch that is asked for
 */
record UidBatches(String tag, long size, long first, long last) implements Command<Selected> {

    /** RFC 10022 §3.1.3.2: smaller batches would be sequence numbers by another name. */
    private static final int SMALLEST = 500;

    static UidBatches parse(ImapReader in) throws BadMessage {
        in.space();
        long size = in.nonZero();
        long first = 1;
        long last = Long.MAX_VALUE;
        if (in.take(' ')) {
            first = in.nonZero();
            in.expect(':');
            last = in.nonZero();
        }
        in.endOfLine();
        return new UidBatches(in.lastTag(), size, first, last);
    }

    @Override
    public Reply run(Selected state, ImapWriter out) throws IOException {
        if (first > last) {
            return Reply.bad("the lower number of a batch comes first").code("CLIENTBUG");
        }
        if (size < SMALLEST) return Reply.no("TOOFEW", "a batch has " + SMALLEST + " at least");
        out.put("* UIDBATCHES (TAG ").string(tag).put(')');
        MailboxView view = state.view();
        // What a batch takes is two look-ups, so that there is no batch too many to ask for.
        long end = Math.min(last, (view.size() + size - 1) / size);
        for (long batch = first; batch <= end; batch++) {
            out.put(batch == first ? ' ' : ',').number(highest(batch, view));
            out.put(':').number(highest(batch + 1, view) + 1);
        }
        out.endLine();
        return Reply.ok("UIDBATCHES completed");
    }

    /** The highest UID in a batch; 0 where there is none, so that the last one ends with UID 1. */
    private long highest(long batch, MailboxView view) {
        long position = view.size() - 1 - (batch - 1) * size;
        return position < 0 ? 0 : view.uid((int) position);
    }
}
