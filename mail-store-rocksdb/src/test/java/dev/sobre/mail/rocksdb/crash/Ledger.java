package dev.sobre.mail.rocksdb.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.rocksdb.Finding;
import dev.sobre.mail.rocksdb.RocksMailStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a busy process has said so far, and so what its store must hold: everything acknowledged,
 * and of a change that was refused or had no answer, all or nothing, or what it may leave when it
 * ends in the middle.
 */
final class Ledger {

    private final List<Set<AccountModel>> possible = new ArrayList<>(); // for each actor
    private final List<Optional<Op>> pending = new ArrayList<>();
    private final Map<Long, Long> seen = new HashMap<>(); // MODSEQ by mailbox
    private final Map<Long, MailboxState> states = new HashMap<>(); // of the last observation
    private final Set<Long> uidValidities = new HashSet<>();
    private long acknowledged;

    Ledger() {
        for (int i = 0; i < BusyProcess.ACTORS; i++) {
            possible.add(Set.of());
            pending.add(Optional.empty());
        }
    }

    /** Takes a line that the process wrote. */
    void note(String line) {
        var in = new Text(line);
        switch (in.word()) {
            case "BEGIN" -> {
                int actor = (int) in.number();
                pending.set(actor, Optional.of(Op.parse(line.split(" ", 3)[2])));
            }
            case "DONE" -> {
                happened((int) in.number());
                acknowledged++;
            }
            case "REFUSED" -> perhaps((int) in.number());
            case "SEEN" -> seen.merge(in.number(), in.number(), Math::max);
            default -> {}
        }
    }

    private void happened(int actor) {
        possible.set(actor, after(actor));
        pending.set(actor, Optional.empty());
    }

    /** Who was refused does not know: the answer may have got lost behind the last sync. */
    private void perhaps(int actor) {
        var either = new HashSet<>(possible.get(actor));
        either.addAll(after(actor));
        either.addAll(partly(actor));
        possible.set(actor, either);
        pending.set(actor, Optional.empty());
    }

    /** The possible accounts after the pending change. */
    private Set<AccountModel> after(int actor) {
        Op op = pending.get(actor).orElseThrow();
        var after = new HashSet<AccountModel>();
        for (var account : possible.get(actor)) {
            if (account.allows(op)) after.add(account.after(op));
        }
        return after;
    }

    /** The possible accounts after a part of the pending change. */
    private Set<AccountModel> partly(int actor) {
        Op op = pending.get(actor).orElseThrow();
        var partly = new HashSet<AccountModel>();
        for (var account : possible.get(actor)) partly.addAll(account.partly(op));
        return partly;
    }

    /** How many changes were acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /** Takes the accounts as they are before anything was done to them. */
    void begin(MailStore store) throws IOException {
        for (int actor = 0; actor < possible.size(); actor++) {
            var account = BusyProcess.account(store, actor);
            possible.set(actor, Set.of(Observation.of(store, account).account()));
        }
    }

    /** Compares; makes deliveries whose outcome is unknown once more, under the same ids. */
    void verify(MailStore store) throws IOException {
        long relayed = 0;
        for (int actor = 0; actor < possible.size(); actor++) {
            decide(store, actor);
            repeat(store, actor);
            relayed += possible.get(actor).iterator().next().relayed();
        }
        assertEquals(relayed, store.spool().size(), "the spool");
        if (store instanceof RocksMailStore durable) checkAll(durable);
    }

    /** Nothing is left over or counted wrongly, whatever the process was doing. */
    private static void checkAll(RocksMailStore store) {
        List<Finding> found = new ArrayList<>();
        store.check(found::add);
        found.removeIf(Finding::harmless);
        assertEquals(List.of(), found, "the check");
    }

    /** Finds out which of the possible accounts it is, and whether the last change happened. */
    private void decide(MailStore store, int actor) throws IOException {
        var now = Observation.of(store, BusyProcess.account(store, actor));
        var before = matching(possible.get(actor), now);
        var after =
                pending.get(actor).isEmpty()
                        ? before
                        : matching(after(actor), now).or(() -> matching(partly(actor), now));
        if (before.isEmpty() && after.isEmpty()) {
            var wanted = describe(possible.get(actor).iterator().next());
            assertEquals(wanted, describe(now.account()), pending.get(actor)::toString);
        }
        if (before.isEmpty()) pending.set(actor, Optional.empty());
        possible.set(actor, Set.of(before.or(() -> after).orElseThrow()));
        history(now);
    }

    private static Optional<AccountModel> matching(Set<AccountModel> possible, Observation now) {
        return possible.stream().filter(p -> p.boxes().equals(now.account().boxes())).findFirst();
    }

    private static String describe(AccountModel account) {
        var text = new StringBuilder();
        for (var box : account.boxes().entrySet()) {
            text.append('\n').append(box.getKey()).append(' ').append(box.getValue());
        }
        return text.toString();
    }

    /** A delivery with a known id is made once, however often it is tried. */
    private void repeat(MailStore store, int actor) throws IOException {
        var op = pending.get(actor);
        boolean repeatable =
                op.filter(o -> o instanceof Op.Deliver || o instanceof Op.Append).isPresent();
        if (repeatable) {
            happened(actor);
            var account = BusyProcess.account(store, actor);
            for (int i = 0; i < 2; i++) {
                new Actor(store, account, 0).make(op.orElseThrow());
                var now = Observation.of(store, account);
                var wanted = possible.get(actor).iterator().next();
                assertEquals(describe(wanted), describe(now.account()), "made once more");
            }
        }
        pending.set(actor, Optional.empty());
    }

    /** What must hold from one observation to the next. */
    private void history(Observation now) {
        now.states()
                .forEach(
                        (number, state) -> {
                            long least = seen.getOrDefault(number, 1L);
                            assertTrue(
                                    state.highestModSeq() >= least,
                                    () -> "MODSEQ " + least + " was seen before it was durable");
                            follow(number, state);
                        });
    }

    private void follow(long number, MailboxState state) {
        var before = states.put(number, state);
        if (before == null) {
            assertTrue(uidValidities.add(state.uidValidity()), "UIDVALIDITY was there before");
            return;
        }
        assertEquals(before.uidValidity(), state.uidValidity(), "UIDVALIDITY");
        assertTrue(before.uidNext() <= state.uidNext(), "UIDNEXT went back");
        assertTrue(before.highestModSeq() <= state.highestModSeq(), "MODSEQ went back");
        assertNotEquals(0, state.uidNext());
    }

    /** A copy that goes on by itself. */
    Ledger copy() {
        var copy = new Ledger();
        for (int i = 0; i < possible.size(); i++) {
            copy.possible.set(i, possible.get(i));
            copy.pending.set(i, pending.get(i));
        }
        copy.seen.putAll(seen);
        copy.states.putAll(states);
        copy.uidValidities.addAll(uidValidities);
        copy.acknowledged = acknowledged;
        return copy;
    }
}
