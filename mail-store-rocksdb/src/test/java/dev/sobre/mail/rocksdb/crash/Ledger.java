package dev.sobre.mail.rocksdb.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxState;
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
 * and of each actor's last change, if it had no answer, all or nothing.
 */
final class Ledger {

    private final AccountModel[] accounts = new AccountModel[BusyProcess.ACTORS];
    private final List<Optional<Op>> pending = new ArrayList<>();
    private final Map<Long, Long> seen = new HashMap<>(); // MODSEQ by mailbox
    private final Map<Long, MailboxState> states = new HashMap<>(); // of the last observation
    private final Set<Long> uidValidities = new HashSet<>();
    private long relayed;
    private long acknowledged;

    Ledger() {
        for (int i = 0; i < BusyProcess.ACTORS; i++) pending.add(Optional.empty());
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
                int actor = (int) in.number();
                happened(actor);
                acknowledged++;
            }
            case "SEEN" -> seen.merge(in.number(), in.number(), Math::max);
            default -> {}
        }
    }

    private void happened(int actor) {
        Op op = pending.get(actor).orElseThrow();
        accounts[actor] = accounts[actor].after(op);
        if (op instanceof Op.Deliver deliver) relayed += deliver.relayed();
        pending.set(actor, Optional.empty());
    }

    /** How many changes were acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /** Takes the accounts as they are before anything was done to them. */
    void begin(MailStore store) throws IOException {
        for (int actor = 0; actor < accounts.length; actor++) {
            var account = BusyProcess.account(store, actor);
            accounts[actor] = Observation.of(store, account).account();
        }
    }

    /** Compares; makes deliveries whose outcome is unknown once more, under the same ids. */
    void verify(MailStore store) throws IOException {
        for (int actor = 0; actor < accounts.length; actor++) {
            decide(store, actor);
            repeat(store, actor);
        }
        assertEquals(relayed, store.spool().size(), "the spool");
    }

    /** Finds out whether an actor's last change happened. */
    private void decide(MailStore store, int actor) throws IOException {
        var now = Observation.of(store, BusyProcess.account(store, actor));
        var op = pending.get(actor);
        boolean before = now.account().equals(accounts[actor]);
        boolean after = op.isPresent() && now.account().equals(accounts[actor].after(op.get()));
        if (!before && !after) {
            assertEquals(describe(accounts[actor]), describe(now.account()), op::toString);
        }
        if (after && !before) happened(actor);
        history(now);
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
        pending.set(actor, Optional.empty());
        if (op.isEmpty()) return;
        if (!(op.get() instanceof Op.Deliver) && !(op.get() instanceof Op.Append)) return;
        var account = BusyProcess.account(store, actor);
        pending.set(actor, op);
        happened(actor);
        for (int i = 0; i < 2; i++) {
            new Actor(store, account, 0).make(op.get());
            var now = Observation.of(store, account);
            assertEquals(describe(accounts[actor]), describe(now.account()), "made once more");
        }
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
        System.arraycopy(accounts, 0, copy.accounts, 0, accounts.length);
        for (int i = 0; i < accounts.length; i++) copy.pending.set(i, pending.get(i));
        copy.seen.putAll(seen);
        copy.states.putAll(states);
        copy.uidValidities.addAll(uidValidities);
        copy.relayed = relayed;
        copy.acknowledged = acknowledged;
        return copy;
    }
}
