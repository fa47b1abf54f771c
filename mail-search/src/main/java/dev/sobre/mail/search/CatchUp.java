package dev.sobre.mail.search;

import dev.sobre.mail.Changes;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the text index up to what a mailbox holds, a bounded number of messages at a time. Doing a
 * part of it again, after a crash, changes nothing.
 */
final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    /** So many messages are indexed before another mailbox has its turn. */
    private static final int TURN = 64;

    /** Or messages with so many octets of text. */
    private static final int TURN_OCTETS = 1 << 20;

    private final MailStore store;
    private final TextIndex index;
    private final int textOctets;
    private final Pace pace;
    private final Map<MailboxId, Mark> fresh = new HashMap<>(); // not in a snapshot yet
    private boolean dirty;

    CatchUp(MailStore store, TextIndex index, int textOctets, Pace pace) {
        this.store = store;
        this.index = index;
        this.textOctets = textOctets;
        this.pace = pace;
    }

    /**
     * Takes one turn.
     *
     * @return whether there is more to do in this mailbox
     */
    boolean turn(MailboxId mailbox) throws IOException {
        try {
            return follow(mailbox);
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.MISSING) throw e;
            forget(mailbox);
            return false;
        }
    }

    private boolean follow(MailboxId mailbox) throws IOException {
        Optional<Mark> known = mark(mailbox);
        // What has gone is asked for first: what goes after this is in the changes of next time.
        var state = store.state(mailbox);
        if (known.isPresent() && !fits(known.get(), state)) {
            LOG.info("mailbox {} is another one than was indexed; it is indexed anew", mailbox);
            forget(mailbox);
            known = Optional.empty();
        }
        long modSeq = state.highestModSeq();
        if (known.isPresent() && known.get().modSeq() < modSeq) {
            modSeq = removeGone(mailbox, known.get());
        }
        MailboxIndex now = store.index(mailbox);
        long from = known.map(Mark::uid).orElse(0L) + 1;
        long last = add(mailbox, now, from);
        var mark = new Mark(now.state().uidValidity(), Math.max(last, from - 1), modSeq);
        if (known.isEmpty() || !known.get().equals(mark)) {
            index.mark(mailbox, mark);
            fresh.put(mailbox, mark);
            dirty = true;
        }
        return now.size() > 0 && now.uid(now.size() - 1) > mark.uid();
    }

    /** Whether a mark can be one of this mailbox as it is now. */
    private static boolean fits(Mark mark, MailboxState now) {
        return mark.uidValidity() == now.uidValidity()
                && mark.modSeq() <= now.highestModSeq()
                && mark.uid() < now.uidNext();
    }

    private Optional<Mark> mark(MailboxId mailbox) throws IOException {
        Mark written = fresh.get(mailbox);
        if (written != null) return Optional.of(written);
        try (var snapshot = index.snapshot()) {
            return snapshot.mark(mailbox);
        }
    }

    /** Removes what was expunged since. Returns up to where that is known. */
    private long removeGone(MailboxId mailbox, Mark since) throws IOException {
        return switch (store.changes(mailbox, since.modSeq())) {
            case Changes.Since some -> {
                var gone = some.vanished().intersect(UidSet.range(1, Math.max(1, since.uid())));
                for (var each = gone.iterator(); each.hasNext(); ) {
                    index.remove(mailbox, each.nextLong());
                }
                yield some.state().highestModSeq();
            }
            case Changes.TooOld all -> {
                removeAllBut(mailbox, store.index(mailbox));
                yield all.state().highestModSeq();
            }
        };
    }

    private void removeAllBut(MailboxId mailbox, MailboxIndex there) throws IOException {
        refresh();
        var gone = new ArrayList<Long>();
        try (var snapshot = index.snapshot()) {
            snapshot.all(
                    mailbox,
                    (document, uid, day) -> {
                        if (there.find(uid) < 0) gone.add(uid);
                    });
        }
        for (long uid : gone) index.remove(mailbox, uid);
    }

    /** Adds messages from a UID on. Returns the UID up to which all are there. */
    private long add(MailboxId mailbox, MailboxIndex now, long from) throws IOException {
        int found = now.find(from);
        int first = found < 0 ? -found - 1 : found;
        int end = Math.min(now.size(), first + TURN);
        if (first >= end) return 0;
        long last = now.uid(end - 1);
        long octets = 0;
        try (var messages = store.messages(mailbox, UidSet.range(now.uid(first), last))) {
            for (var next = messages.next(); next.isPresent(); next = messages.next()) {
                Message message = next.get();
                // The cursor may know of messages that came since.
                if (now.find(message.uid()) < 0) continue;
                FoldedText text = text(mailbox, message);
                index.add(mailbox, message.uid(), StoredContents.sent(message), text);
                if (text != null) octets += text.octets().length;
                if (octets > TURN_OCTETS) {
                    last = message.uid();
                    break;
                }
            }
        }
        pace.took(octets);
        return last;
    }

    /** The text; nothing for a message that can't be read. */
    private @Nullable FoldedText text(MailboxId mailbox, Message message) {
        try (var contents = new StoredContents(store, message, textOctets)) {
            return contents.text();
        } catch (IOException e) {
            LOG.warn("message {} in {} can't be indexed: {}", message.uid(), mailbox, e.toString());
        } catch (StoreException e) {
            if (!Query.isDamaged(e)) throw e;
            LOG.warn("message {} in {} can't be indexed: {}", message.uid(), mailbox, e.toString());
        }
        return null;
    }

    private void forget(MailboxId mailbox) throws IOException {
        index.forget(mailbox);
        fresh.remove(mailbox);
        dirty = true;
        refresh();
    }

    /** Whether something was written that searches do not see. */
    boolean isDirty() {
        return dirty;
    }

    void refresh() throws IOException {
        index.refresh();
        fresh.clear();
        dirty = false;
    }
}
