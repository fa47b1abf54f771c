package dev.sobre.mail.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A mailbox that serves one session at a time, in the plainest way. It is given what many sessions
 * were told at once, and finds the order in which one after another would have been told the same:
 * each change has a MODSEQ of its own.
 */
final class OneByOne {

    private record Held(Flags flags, long modSeq) {}

    private final TreeMap<Long, Held> messages = new TreeMap<>();
    private long uidNext = 1;
    private long modSeq = 1;

    /** Fails when there is no such order. */
    void explain(List<Answer> answers) {
        List<Answer> rest = new ArrayList<>(answers);
        rest.sort(Comparator.comparingLong(Answer::modSeq));
        while (!rest.isEmpty()) {
            rest.removeIf(answer -> answer.modSeq() == modSeq && changesNothing(answer));
            if (rest.isEmpty()) return;
            long next = rest.getFirst().modSeq();
            Answer change =
                    rest.stream()
                            .takeWhile(answer -> answer.modSeq() == next)
                            .filter(this::isNext)
                            .findFirst()
                            .orElseThrow(() -> unexplained(rest));
            rest.remove(change);
            make(change);
        }
    }

    private AssertionError unexplained(List<Answer> rest) {
        return new AssertionError(
                "no order of the sessions explains MODSEQ %d after %s: %s"
                        .formatted(rest.getFirst().modSeq(), messages, rest.getFirst()));
    }

    void isNow(MailboxIndex index) {
        var there = new TreeMap<Long, Held>();
        for (int at = 0; at < index.size(); at++) {
            there.put(index.uid(at), new Held(index.flags(at), index.modSeq(at)));
        }
        assertEquals(messages, there);
        assertEquals(uidNext, index.state().uidNext());
        assertEquals(modSeq, index.state().highestModSeq());
    }

    /**
     * Whether the answer is right for a session that finds the mailbox as it is and leaves it so.
     */
    private boolean changesNothing(Answer answer) {
        return switch (answer) {
            case Answer.ToAppend _ -> false;
            case Answer.ToStore store -> stored(store, modSeq).isEmpty() && told(store, modSeq);
            case Answer.ToExpunge expunge ->
                    expunge.result().uids().isEmpty() && deleted(expunge.uids()).isEmpty();
            case Answer.ToCopy copy -> copy.result().to().isEmpty() && of(copy.uids()).isEmpty();
            case Answer.ToMove move -> move.result().to().isEmpty() && of(move.uids()).isEmpty();
        };
    }

    /** Whether the answer is that of a session whose change comes next. */
    private boolean isNext(Answer answer) {
        return switch (answer) {
            case Answer.ToAppend append -> {
                long uid = uidNext;
                long at = modSeq;
                boolean all = true;
                for (var one : append.result()) all &= one.uid() == uid++ && one.modSeq() == ++at;
                yield all;
            }
            case Answer.ToStore store ->
                    store.modSeq() == modSeq + 1
                            && !stored(store, modSeq + 1).isEmpty()
                            && told(store, modSeq + 1);
            case Answer.ToExpunge expunge ->
                    expunge.modSeq() == modSeq + 1
                            && !expunge.result().uids().isEmpty()
                            && expunge.result().uids().equals(deleted(expunge.uids()));
            case Answer.ToCopy copy -> {
                var from = of(copy.uids());
                var to = new ArrayList<Long>();
                for (int i = 0; i < from.size(); i++) to.add(uidNext + i);
                yield !from.isEmpty()
                        && copy.modSeq() == modSeq + from.size()
                        && copy.result().from().equals(from)
                        && copy.result().to().equals(to);
            }
            case Answer.ToMove move ->
                    move.modSeq() == modSeq + 1
                            && !move.result().from().isEmpty()
                            && move.result().from().equals(of(move.uids()));
        };
    }

    private void make(Answer answer) {
        switch (answer) {
            case Answer.ToAppend append -> append.result().forEach(_ -> add(append.flags()));
            case Answer.ToStore store -> messages.putAll(stored(store, ++modSeq));
            case Answer.ToExpunge expunge -> remove(expunge.result().uids());
            case Answer.ToCopy copy -> copy.result().from().forEach(uid -> add(held(uid).flags));
            case Answer.ToMove move -> remove(UidSet.of(move.result().from()));
        }
    }

    private void add(Flags flags) {
        messages.put(uidNext++, new Held(flags, ++modSeq));
    }

    private void remove(UidSet gone) {
        messages.keySet().removeIf(gone::contains);
        modSeq++;
    }

    private Held held(long uid) {
        return Objects.requireNonNull(messages.get(uid));
    }

    private List<Long> of(UidSet uids) {
        return messages.keySet().stream().filter(uids::contains).toList();
    }

    private UidSet deleted(UidSet uids) {
        return UidSet.of(
                of(uids).stream().filter(uid -> held(uid).flags.has(Flag.DELETED)).toList());
    }

    /** The messages that a STORE changes, as they are afterwards. */
    private Map<Long, Held> stored(Answer.ToStore store, long at) {
        var changed = new TreeMap<Long, Held>();
        for (long uid : of(store.uids())) {
            Held held = held(uid);
            Flags after = store.change().apply(held.flags);
            boolean may = held.modSeq <= store.unchangedSince();
            if (may && !after.equals(held.flags)) changed.put(uid, new Held(after, at));
        }
        return changed;
    }

    /** Whether a STORE was told the truth. */
    private boolean told(Answer.ToStore store, long at) {
        var changed = stored(store, at);
        List<Updated> asAsked = new ArrayList<>();
        List<Long> modified = new ArrayList<>();
        for (long uid : of(store.uids())) {
            Held held = held(uid);
            if (held.modSeq > store.unchangedSince()) {
                modified.add(uid);
            } else {
                Held now = changed.getOrDefault(uid, held);
                asAsked.add(new Updated(uid, now.flags, now.modSeq));
            }
        }
        return store.result().changed().equals(asAsked)
                && store.result().modified().equals(UidSet.of(modified));
    }
}
