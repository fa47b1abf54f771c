package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The mailboxes that are in memory: loads their indexes, publishes commits, forgets the idle. */
final class Mailboxes {

    private final Engine engine;
    private final long mostRows;
    private final Map<MailboxId, Live> live = new ConcurrentHashMap<>();
    private final AtomicLong clock = new AtomicLong();
    private volatile Consumer<MailboxId> save = _ -> {};

    Mailboxes(Engine engine, long mostRows) {
        this.engine = engine;
        this.mostRows = mostRows;
    }

    /** The mailbox with its index, loaded when needed. */
    View view(MailboxId id) {
        var entry = live.computeIfAbsent(id, _ -> new Live());
        entry.used = clock.incrementAndGet();
        View known = entry.view();
        if (known != null) return known;
        try {
            View view = entry.view(() -> load(id, entry));
            saveIfDue(id, entry);
            engine.away(this::forgetIdle);
            return view;
        } catch (RuntimeException e) {
            live.remove(id, entry);
            throw e;
        }
    }

    private View load(MailboxId id, Live entry) {
        return engine.read(reads -> reads.atOnce(now -> load(now, id, entry)));
    }

    private static View load(Reads now, MailboxId id, Live entry) {
        StoredState state = readState(now, id);
        var loaded = SavedIndex.read(now, id, state.counters());
        entry.lacks(loaded.lacking());
        return new View(state, loaded.index());
    }

    private void saveIfDue(MailboxId id, Live entry) {
        if (entry.isToBeSaved()) save.accept(id);
    }

    /** Has {@code save} told of mailboxes of whose index much is not packed. */
    void whenUnsaved(Consumer<MailboxId> save) {
        this.save = save;
    }

    /** The mailbox when it is in memory. */
    Optional<View> known(MailboxId id) {
        var entry = live.get(id);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.view());
    }

    /** The counters; loads nothing into memory. */
    StoredState state(MailboxId id) {
        return known(id)
                .map(View::state)
                .orElseGet(
                        () ->
                                engine.get(Keys.of(Keys.STATE, id))
                                        .map(StoredState::decode)
                                        .orElseThrow(Live::missing));
    }

    /** See {@link dev.sobre.mail.MailStore#claimRecent}; to ask loads nothing into memory. */
    long claimRecent(MailboxId id, long below) {
        if (below > 0) view(id);
        else state(id);
        LongSupplier read = () -> engine.read(reads -> ClaimRecent.read(reads, id));
        Live entry = live.get(id);
        return entry == null ? read.getAsLong() : entry.claimRecent(below, read);
    }

    static StoredState readState(Reads reads, MailboxId id) {
        return reads.get(Keys.of(Keys.STATE, id))
                .map(StoredState::decode)
                .orElseThrow(Live::missing);
    }

    /** Shows what a commit, durable now, made of a mailbox. */
    void publish(Working work) {
        var entry = live.get(work.id);
        if (entry == null) return;
        entry.publish(work);
        saveIfDue(work.id, entry);
    }

    /** The mailbox is gone. */
    void vanish(MailboxId id) {
        var entry = live.remove(id);
        if (entry != null) entry.vanish();
    }

    /** Makes all be read again, after the engine was opened again. */
    void forgetAll() {
        live.clear();
    }

    /** How many index rows are in memory. */
    long rows() {
        return live.values().stream().mapToLong(Live::rows).sum();
    }

    /** Looks at all that are in memory, so it is long work. Gives how many rows are there then. */
    private long forgetIdle() {
        long rows = rows();
        if (rows <= mostRows) return rows;
        var oldestFirst = new ArrayList<>(live.entrySet());
        oldestFirst.sort(Comparator.comparingLong(e -> e.getValue().used));
        oldestFirst.removeLast(); // the one just loaded
        for (var entry : oldestFirst) {
            if (rows <= mostRows) break;
            rows -= entry.getValue().rows();
            live.remove(entry.getKey(), entry.getValue());
        }
        return rows;
    }
}
