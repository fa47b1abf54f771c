package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.MailboxId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The changes that become durable together: bodies, then everything else in one batch, all of it in
 * the segment. Belongs to the writer thread.
 */
final class Group implements Lookup {

    private final Engine engine;
    private final SegmentWriter bodies;
    private final Mailboxes mailboxes;
    private final Chores chores;
    private final Lately lately;
    private final Batch batch = new Batch();
    private final Map<MailboxId, Working> work = new LinkedHashMap<>();
    private final Map<AccountId, Held> held = new HashMap<>();
    private final Map<ByteBuffer, Optional<byte[]>> entries = new HashMap<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<MailboxId> gone = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final Set<Long> registered = new HashSet<>();
    private final Map<Long, Long> released = new HashMap<>();
    private @Nullable Foresight foresight; // of the commit that is being put here
    private CommitPoint point = CommitPoint.NONE;
    private boolean ranges; // were deleted

    Group(Engine engine, SegmentWriter bodies, Mailboxes mailboxes, Chores chores, Lately lately) {
        this.engine = engine;
        this.bodies = bodies;
        this.mailboxes = mailboxes;
        this.chores = chores;
        this.lately = lately;
    }

    /** A mailbox as this group has made it so far; its counters are known. */
    Working mailbox(MailboxId id) {
        Working known = work.get(id);
        if (known != null) return known;
        Optional<View> view = mailboxes.known(id);
        StoredState state = view.map(View::state).orElseGet(() -> storedState(id));
        var fresh = new Working(id, state, view);
        work.put(id, fresh);
        return fresh;
    }

    private StoredState storedState(MailboxId id) {
        return get(Keys.of(Keys.STATE, id)).map(StoredState::decode).orElseThrow(Live::missing);
    }

    /** A mailbox whose index is known too. */
    Working indexed(MailboxId id) {
        Working found = mailbox(id);
        if (!found.hasView()) found.learn(mailboxes.view(id));
        return found;
    }

    /** A mailbox with its index when that needs no reading. */
    Optional<Working> inMemory(MailboxId id) {
        if (gone.contains(id) || mailboxes.known(id).isEmpty()) return Optional.empty();
        return Optional.of(indexed(id));
    }

    /** Has the row of a message change: what is packed of it goes with the same commit. */
    void changeRow(Working mailbox, long uid) {
        if (mailbox.unsave(uid)) {
            delete(SavedIndex.key(mailbox.id, SavedIndex.part(uid)));
        }
    }

    /**
     * Marks a mailbox as deleted. Its message records are deleted afterwards, a few at a time (see
     * {@link Clearing}); its other entries are the caller's to delete.
     */
    void vanish(MailboxId id) {
        work.remove(id);
        gone.add(id);
        put(Keys.of(Keys.GONE, id), new byte[0]);
    }

    /** What an account holds as this group has made it so far. */
    Held held(AccountId account) {
        Held known = held.get(account);
        if (known != null) return known;
        var fresh = Held.read(this, account);
        held.put(account, fresh);
        return fresh;
    }

    /** Counts no longer what an account holds: it is gone. */
    void forget(AccountId account) {
        held.remove(account);
        delete(Keys.usage(account));
    }

    /** When what comes is saved (RFC 8514), to the second. */
    Instant now() {
        return now;
    }

    BlobRef body(SegmentFormat.Origin origin, ByteBuffer body, int[] sums) throws IOException {
        var ref = bodies.append(origin, body, sums);
        register(ref.place());
        return ref;
    }

    /** Puts a segment into service: something refers to it from this group on. */
    void register(long segment) {
        if (registered.add(segment)) add(Keys.segment(Keys.SEGMENT, segment), 0);
    }

    /** The segment that grows, 0 when none does. What others hold is committed, if anything is. */
    long growing() {
        return bodies.growing();
    }

    /** How long that has grown by what is committed. */
    long grown() {
        return bodies.grown();
    }

    /** Takes what was asked ahead by who brings the next commit, if anything was. */
    void foresee(@Nullable Foresight of) {
        foresight = of;
    }

    /** An entry as this group or, if it did not touch it, an earlier one left it. */
    @Override
    public Optional<byte[]> get(byte[] key) {
        return known(key).orElseGet(() -> lately.get(key, () -> read(reads -> reads.get(key))));
    }

    /** Entries as {@link #get(byte[])} gives them, those of earlier groups asked for at once. */
    @Override
    public List<Optional<byte[]>> get(List<byte[]> keys) {
        List<Optional<Optional<byte[]>>> known = keys.stream().map(this::known).toList();
        List<byte[]> unknown = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) if (known.get(i).isEmpty()) unknown.add(keys.get(i));
        List<Optional<byte[]>> before =
                unknown.isEmpty() ? List.of() : read(reads -> reads.get(unknown));
        var next = before.iterator();
        return known.stream().map(entry -> entry.orElseGet(next::next)).toList();
    }

    /** An entry that this group touched, or that was asked for ahead and is still so. */
    private Optional<Optional<byte[]>> known(byte[] key) {
        var name = ByteBuffer.wrap(key);
        Optional<byte[]> here = entries.get(name);
        if (here != null) return Optional.of(here);
        return foresight == null ? Optional.empty() : foresight.still(name, lately);
    }

    /** Asks for what earlier groups left. A commit that does so of what others write is alone. */
    <T> T read(Function<Reads, T> question) {
        return engine.read(question);
    }

    void put(byte[] key, byte[] value) {
        entries.put(ByteBuffer.wrap(key), Optional.of(value));
        batch.put(key, value);
    }

    void delete(byte[] key) {
        entries.put(ByteBuffer.wrap(key), Optional.empty());
        batch.delete(key);
    }

    /** Deletes every key that starts with {@code prefix}. */
    void deleteAll(byte[] prefix) {
        deleteRange(prefix, Keys.after(prefix));
    }

    void deleteRange(byte[] from, byte[] to) {
        batch.deleteRange(from, to);
        ranges = true;
    }

    /** Counts further, or with a negative number fewer, references to a body. */
    void refer(BlobRef body, long more) {
        add(Keys.blob(body), more);
        if (more >= 0) return;
        long segment = Places.decode(body, get(Keys.moved(body))).place();
        long octets = -more * SegmentFormat.octets(body.length());
        add(Keys.segment(Keys.SEGMENT, segment), octets);
        released.merge(segment, octets, Long::sum);
    }

    /** Adds to a number that RocksDB keeps. Not to be read within this group. */
    void add(byte[] key, long more) {
        batch.merge(key, Counters.encode(more));
    }

    /** Makes earlier groups durable, also where they were answered before. */
    void settle() throws IOException {
        bodies.settle();
    }

    /** How many changes there are in the batch. */
    int size() {
        return batch.count();
    }

    /** Runs {@code action} on the writer thread once the group is durable. */
    void afterwards(Runnable action) {
        afterwards.add(action);
    }

    /** The mailboxes that others are to be told of. */
    List<MailboxId> touched() {
        List<MailboxId> touched = new ArrayList<>(gone);
        work.values().stream().filter(Working::changed).forEach(w -> touched.add(w.id));
        return touched;
    }

    /** Makes it durable: bodies and changes by one sync of the segment. Then the engine has it. */
    void commit() throws IOException, RocksDBException {
        for (var w : work.values()) {
            if (w.changed()) put(Keys.of(Keys.STATE, w.id), w.state().encode());
        }
        held.forEach(
                (account, now) -> {
                    if (now.changed()) put(Keys.usage(account), now.encode());
                    if (now.lost()) afterwards(() -> chores.lookAtThreads(account));
                });
        if (batch.count() == 0) return;
        byte[] changes = changes(bodies.next());
        bodies.commit(point, changes);
        show(changes);
        if (ranges) lately.clear();
        lately.changed(entries);
    }

    /** What goes wrong here is no reason to make the commit once more: it is durable. */
    private void show(byte[] changes) throws IOException, RocksDBException {
        try {
            engine.apply(changes);
        } catch (RuntimeException e) {
            throw new IOException("a durable commit could not be shown", e);
        }
    }

    /** The changes of the commit, with its own record, which nobody needs for long, among them. */
    private byte[] changes(CommitPoint next) {
        point = next;
        register(next.segment());
        put(CommitPoint.KEY, next.encode());
        long octets = CommitFormat.Head.recordLength(batch.octets());
        add(Keys.segment(Keys.SEGMENT, next.segment()), octets);
        released.merge(next.segment(), octets, Long::sum);
        return batch.done();
    }

    /** Shows to everybody what is durable now. */
    void publish() {
        for (var w : work.values()) if (w.changed()) mailboxes.publish(w);
        gone.forEach(mailboxes::vanish);
        afterwards.forEach(Runnable::run);
        released.forEach(this::tellReleased);
        bodies.ended().forEach(chores::ended);
        boolean arrived = bodies.segments().committed(registered);
        if (arrived || !gone.isEmpty()) chores.call();
    }

    private void tellReleased(long segment, long octets) {
        if (segment == growing()) chores.add(segment, octets); // it is looked at when it has ended
        else chores.released(segment, octets);
    }
}
