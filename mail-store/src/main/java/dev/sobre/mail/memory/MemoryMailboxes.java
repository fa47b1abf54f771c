package dev.sobre.mail.memory;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.Numbering;
import dev.sobre.mail.SpecialUse;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Usage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The mailboxes of all accounts, and what comes and goes with them. Its lock orders all changes of
 * the store.
 */
final class MemoryMailboxes implements MemoryAccounts.Housekeeping {

    private final Bodies bodies;
    private final int expungesKept;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AccountId, Holdings> holdings = new ConcurrentHashMap<>();
    private final Map<AccountId, MemoryThreads> threads = new ConcurrentHashMap<>();
    private final Map<MailboxId, MemoryMailbox> mailboxes = new ConcurrentHashMap<>();
    private final AtomicLong lastMailbox = new AtomicLong(Instant.now().getEpochSecond() << 16);
    // Never used twice in this store, and higher than those of an earlier one (RFC 9051 §2.3.1.1).
    private final AtomicLong lastUidValidity = new AtomicLong(Instant.now().getEpochSecond());
    private final Set<Long> uidValidities = ConcurrentHashMap.newKeySet(); // all ever used

    final MemoryMetadata metadata;
    final MemorySharing sharing = new MemorySharing(this::get, this::of);

    /** Tells {@code hints} of changed metadata; of other changes those tell who make them. */
    MemoryMailboxes(Bodies bodies, int expungesKept, Consumer<MailboxId> hints) {
        this.metadata = new MemoryMetadata(this::get, this::of, this::annotated, hints);
        this.bodies = bodies;
        this.expungesKept = expungesKept;
    }

    private void annotated(MailboxId id) {
        locked(
                () -> {
                    get(id).annotated();
                    return id;
                });
    }

    /** Makes a change while nobody else makes one. */
    <T> T locked(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    /** The mailboxes of an account, which must exist. */
    Holdings of(AccountId account) {
        Holdings those = holdings.get(account);
        if (those == null) throw new StoreException(Reason.MISSING, "there is no such account");
        return those;
    }

    /** A mailbox, which must exist. */
    MemoryMailbox get(MailboxId id) {
        MemoryMailbox mailbox = mailboxes.get(id);
        if (mailbox == null) throw new StoreException(Reason.MISSING, "there is no such mailbox");
        return mailbox;
    }

    Mailbox alter(AccountId account, MailboxChange change) {
        Holdings those = of(account);
        return switch (change) {
            case MailboxChange.Create c -> those.create(c);
            case MailboxChange.Rename r -> those.rename(r);
            case MailboxChange.Delete d -> forget(those.delete(d));
            case MailboxChange.Subscribe s -> those.subscribe(s);
            case MailboxChange.Unsubscribe u -> those.unsubscribe(u);
        };
    }

    /** Takes over the numbering of an earlier store, where it is free and nothing has changed. */
    MailboxState adopt(MailboxId mailbox, MailboxState seen, Numbering numbering) {
        var place = get(mailbox);
        if (!uidValidities.contains(numbering.uidValidity())) place.adopt(seen, numbering);
        uidValidities.add(place.index().state().uidValidity());
        return place.index().state();
    }

    /** Furnishes a new account. */
    @Override
    public void moveIn(AccountId account) {
        var those = new Holdings(account, use -> add(account, use));
        those.furnish();
        holdings.put(account, those);
    }

    private MemoryMailbox add(AccountId account, Optional<SpecialUse> use) {
        var id = new MailboxId(account, lastMailbox.incrementAndGet());
        var mailbox =
                new MemoryMailbox(
                        id,
                        use,
                        newUidValidity(),
                        bodies,
                        threads.computeIfAbsent(account, a -> new MemoryThreads()),
                        expungesKept);
        mailboxes.put(id, mailbox);
        return mailbox;
    }

    private long newUidValidity() {
        long fresh = lastUidValidity.incrementAndGet();
        while (!uidValidities.add(fresh)) fresh = lastUidValidity.incrementAndGet();
        return fresh;
    }

    /** Clears up behind an old account. */
    @Override
    public void moveOut(AccountId account) {
        locked(
                () -> {
                    Holdings gone = holdings.remove(account);
                    threads.remove(account);
                    metadata.forget(account);
                    sharing.forget(account);
                    return gone == null || clear(gone);
                });
    }

    private boolean clear(Holdings gone) {
        for (var mailbox : gone.mailboxes()) {
            forget(mailbox.id());
            mailbox.remove(mailbox.uids());
        }
        return true;
    }

    private Mailbox forget(Mailbox gone) {
        forget(gone.id());
        return gone;
    }

    private void forget(MailboxId mailbox) {
        mailboxes.remove(mailbox);
        metadata.forget(mailbox);
        sharing.forget(mailbox);
    }

    @Override
    public Usage usage(AccountId account) {
        return locked(() -> of(account).usage());
    }
}
