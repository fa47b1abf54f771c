package dev.sobre.mail.search;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a text index near a store: goes over all mailboxes that are to be indexed once, and then to
 * those that the store hints at. It lives on the thread of its index, which is in no delivery's
 * way.
 */
final class Follower implements AutoCloseable {

    private final MailStore store;
    private final TextIndex index;
    private final SearchSettings settings;
    private final Set<MailboxId> wanted;
    private final CatchUp catchUp;
    private final Pace pace;
    private final Map<AccountId, Subscription> watched = new HashMap<>();
    private final ArrayDeque<AccountId> unvisited = new ArrayDeque<>();

    // What other threads say.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition said = lock.newCondition();
    private final Set<MailboxId> hinted = new LinkedHashSet<>();
    private boolean suspected;
    private boolean closed;
    private volatile boolean busy = true; // whether there is work that is known of

    private long refreshAt = Long.MAX_VALUE;
    private long commitAt = Long.MAX_VALUE;
    private long sweepAt = System.nanoTime();

    /**
     * @param wanted the mailboxes that are to be indexed, unless all are; any thread adds to it
     */
    Follower(MailStore store, TextIndex index, SearchSettings settings, Set<MailboxId> wanted) {
        this.store = store;
        this.index = index;
        this.settings = settings;
        this.wanted = wanted;
        this.pace = new Pace(settings.indexing().textPerSecond());
        this.catchUp = new CatchUp(store, index, settings.indexing().textOctets(), pace);
    }

    /** Something happened in a mailbox. Returns at once. */
    void hint(MailboxId mailbox) {
        if (settings.indexing().everything() || wanted.contains(mailbox)) again(mailbox);
    }

    private void again(MailboxId mailbox) {
        say(() -> hinted.add(mailbox));
    }

    /** The index can't be read. */
    void suspect() {
        say(() -> suspected = true);
    }

    void stop() {
        say(() -> closed = true);
    }

    private void say(Runnable word) {
        lock.lock();
        try {
            word.run();
            busy = true;
            said.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether searches see all that is known to have happened. */
    boolean isIdle() {
        return !busy;
    }

    /** Follows the store until {@link #stop}, and then commits. */
    void run() throws IOException {
        try (var snapshot = index.snapshot()) {
            snapshot.marked(wanted::add); // what was begun is gone on with
        }
        while (true) {
            if (isTime(sweepAt)) sweep();
            MailboxId next = isTime(pace.free()) ? next() : null;
            if (next != null) {
                watch(next.account()); // first: what comes while the turn lasts is hinted at
                if (catchUp.turn(next)) again(next);
                if (catchUp.isDirty()) written();
            } else if (!unvisited.isEmpty()) {
                visit(unvisited.remove());
            }
            if (isTime(refreshAt)) refresh();
            if (isTime(commitAt)) commit();
            if (isEnding()) break;
            if (next == null && unvisited.isEmpty()) await();
        }
        refresh();
        commit();
    }

    private static boolean isTime(long when) {
        return when != Long.MAX_VALUE && System.nanoTime() - when >= 0;
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    private void written() {
        if (refreshAt == Long.MAX_VALUE) refreshAt = in(settings.times().refresh());
        if (commitAt == Long.MAX_VALUE) commitAt = in(settings.times().commit());
    }

    private void refresh() throws IOException {
        refreshAt = Long.MAX_VALUE;
        catchUp.refresh();
    }

    private void commit() throws IOException {
        commitAt = Long.MAX_VALUE;
        index.commit();
    }

    private @Nullable MailboxId next() {
        lock.lock();
        try {
            Iterator<MailboxId> first = hinted.iterator();
            if (!first.hasNext()) return null;
            MailboxId mailbox = first.next();
            first.remove();
            return mailbox;
        } finally {
            lock.unlock();
        }
    }

    private boolean isEnding() throws IOException {
        lock.lock();
        try {
            if (suspected) throw new IOException("a search could not read the index");
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a word or until something is due. */
    private void await() throws IOException {
        lock.lock();
        try {
            if (hinted.isEmpty() && refreshAt == Long.MAX_VALUE) busy = false;
            while (!closed && !suspected) {
                long now = System.nanoTime();
                long left = sweepAt - now;
                if (!hinted.isEmpty()) left = Math.min(left, pace.free() - now);
                if (refreshAt != Long.MAX_VALUE) left = Math.min(left, refreshAt - now);
                if (commitAt != Long.MAX_VALUE) left = Math.min(left, commitAt - now);
                if (left <= 0) return;
                said.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** Looks for accounts that came, and forgets accounts and mailboxes that went. */
    private void sweep() throws IOException {
        sweepAt = in(settings.times().sweep());
        boolean all = settings.indexing().everything();
        Set<AccountId> followed = new HashSet<>();
        for (MailboxId mailbox : wanted) followed.add(mailbox.account());
        Set<AccountId> there = new HashSet<>();
        for (var account : store.accounts().list()) {
            AccountId id = account.id();
            there.add(id);
            if (!watched.containsKey(id) && (all || followed.contains(id))) unvisited.add(id);
        }
        var known = watched.entrySet().iterator();
        while (known.hasNext()) {
            var each = known.next();
            if (there.contains(each.getKey())) continue;
            each.getValue().close();
            known.remove();
        }
        forgetGone(there);
        if (!unvisited.isEmpty()) busy = true;
    }

    private void forgetGone(Set<AccountId> there) throws IOException {
        Set<AccountId> gone = new HashSet<>();
        var of = new Mailboxes[] {new Mailboxes(new AccountId(0), Set.of())};
        try (var snapshot = index.snapshot()) {
            snapshot.marked(
                    mailbox -> {
                        AccountId account = mailbox.account();
                        if (!there.contains(account)) {
                            gone.add(account);
                            return;
                        }
                        if (!of[0].account.equals(account)) of[0] = mailboxes(account);
                        // A turn finds out whether the mailbox is there.
                        if (!of[0].there.contains(mailbox)) again(mailbox);
                    });
        }
        for (AccountId each : gone) index.forget(each);
        if (!gone.isEmpty()) written();
    }

    /** The mailboxes of an account that exist. */
    private record Mailboxes(AccountId account, Set<MailboxId> there) {}

    private Mailboxes mailboxes(AccountId account) {
        Set<MailboxId> there = new HashSet<>();
        try {
            for (Mailbox each : store.list(account)) if (each.exists()) there.add(each.id());
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.MISSING) throw e;
        }
        return new Mailboxes(account, there);
    }

    /** Watches an account from now on, and looks at each of its mailboxes. */
    private void visit(AccountId account) {
        watch(account);
        mailboxes(account).there.forEach(this::hint);
    }

    /** Only where something is to be indexed: each hint wakes a thread of the store. */
    private void watch(AccountId account) {
        watched.computeIfAbsent(account, id -> store.watch(id, this::hint));
    }

    @Override
    public void close() {
        watched.values().forEach(Subscription::close);
        watched.clear();
    }
}
