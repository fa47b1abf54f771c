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
import java.util.Optional;
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
        var byModSeq = new TreeMap<Long, List<Answer>>();
        for (var answer : answers) {
            byModSeq.computeIfAbsent(answer.modSeq(), _ -> new ArrayList<>()).add(answer);
        }
        byModSeq.forEach(this::explain);
    }

    /** One made the change that led to this MODSEQ, all others found it so and changed nothing. */
    private void explain(long at, List<Answer> answers) {
        List<Answer> rest = new ArrayList<>(answers);
        if (at > modSeq) {
            Answer change = change(answers).orElseThrow(() -> unexplained(at, answers));
            rest.remove(change);
            make(change);
        }
        rest.removeIf(this::changesNothing);
        if (!rest.isEmpty()) throw unexplained(at, rest);
    }

    /**
     * Which answer is that of the change. One that only found a part of it done may look as if it
     * came next, too; the change is the answer that tells of all. Of two that tell of the same, one
     * may not have been allowed to change what had changed before: then it came first.
     */
    private Optional<Answer> change(List<Answer> answers) {
        return answers.stream()
                .filter(this::isNext)
                .max(
                        Comparator.comparingLong(OneByOne::newlyChanged)
                                .thenComparing(
                                        OneByOne::unchangedSince, Comparator.reverseOrder()));
    }

    private static long unchangedSince(Answer answer) {
        return answer instanceof Answer.ToStore store ? store.unchangedSince() : Long.MAX_VALUE;
    }

    private static long newlyChanged(Answer answer) {
        if (!(answer instanceof Answer.ToStore store)) return 0; // only flags may be found as asked
        var told = store.result().changed().stream();
        return told.filter(one -> one.modSeq() == store.modSeq()).count();
    }

    private AssertionError unexplained(long at, List<Answer> answers) {
        return new AssertionError(
                "no order of the sessions explains what they were told at MODSEQ %d: %s, of %s"
                        .formatted(at, answers, messages));
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
