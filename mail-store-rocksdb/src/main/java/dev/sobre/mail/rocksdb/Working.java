package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Flag;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxIndex.Row;
import dev.sobre.mail.MailboxState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A mailbox within a commit: what the commit has made of it, seen by nobody else yet. */
final class Working {

    final MailboxId id;
    private final List<Delta> steps = new ArrayList<>();
    private Optional<View> base; // the view that `done` steps lead to
    private int done;
    private StoredState state;
    private long unsaved = -1; // the part of the index that was deleted last
    private int unsavedParts;

    Working(MailboxId id, StoredState state, Optional<View> base) {
        this.id = id;
        this.state = state;
        this.base = base;
    }

    StoredState state() {
        return state;
    }

    MailboxState counters() {
        return state.counters();
    }

    boolean changed() {
        return !steps.isEmpty();
    }

    List<Delta> steps() {
        return steps;
    }

    boolean hasView() {
        return base.isPresent();
    }

    /** Gives the index to a mailbox of which only the counters were needed so far. */
    void learn(View committed) {
        base = Optional.of(committed);
        done = 0;
    }

    /** The mailbox with all steps taken, when its index is known. */
    Optional<View> view() {
        for (; done < steps.size() && base.isPresent(); done++) {
            base = Optional.of(base.get().after(steps.get(done)));
        }
        return base;
    }

    MailboxIndex index() {
        return view().orElseThrow().index();
    }

    /** Whether the packed part of the index with this UID is to be deleted, and was not yet. */
    boolean unsave(long uid) {
        long part = SavedIndex.part(uid);
        if (part == unsaved || !SavedIndex.isWhole(part, counters().uidNext())) return false;
        unsaved = part;
        unsavedParts++;
        return true;
    }

    /** Parts of the index were packed: what is deleted after this is deleted anew. */
    void saved() {
        unsaved = -1;
    }

    /** How many packed parts of the index were deleted. */
    int unsavedParts() {
        return unsavedParts;
    }

    /** Adds one message; a run of them is one step. */
    void add(Row row) {
        var c = state.counters();
        boolean unseen = !row.flags().has(Flag.SEEN);
        state =
                state.with(
                        new MailboxState(
                                c.uidValidity(),
                                row.uid() + 1,
                                row.modSeq(),
                                c.messages() + 1,
                                c.unseen() + (unseen ? 1 : 0),
                                c.octets() + row.octets()));
        boolean run = done < steps.size() && steps.getLast() instanceof Delta.Added;
        List<Row> rows = run ? ((Delta.Added) steps.removeLast()).rows() : new ArrayList<>();
        rows.add(row);
        steps.add(new Delta.Added(state, rows));
    }

    void step(Delta step) {
        state = step.after();
        steps.add(step);
    }
}
