package dev.sobre.mail.memory;

import dev.sobre.mail.Accepted;
import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.Appended;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.BlobSink;
import dev.sobre.mail.Changes;
import dev.sobre.mail.CopyResult;
import dev.sobre.mail.Cursor;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.Message;
import dev.sobre.mail.Metadata;
import dev.sobre.mail.Numbering;
import dev.sobre.mail.Quota;
import dev.sobre.mail.Restored;
import dev.sobre.mail.Sharing;
import dev.sobre.mail.SpecialUse;
import dev.sobre.mail.Spool;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Subscription;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Usage;
import dev.sobre.mail.Vanished;
import dev.sobre.mail.memory.MemoryMailbox.Arrival;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A whole mail store in memory. One lock orders all changes; bodies are read and looked at outside
 * of it, and reading takes no lock. How much it may hold is up to whoever feeds it.
 */
public final class MemoryStore implements MailStore {

    private static final int EXPUNGES_KEPT = 10_000;
    private static final int MAILS_REMEMBERED = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Bodies bodies = new Bodies();
    private final MemorySpool spool = new MemorySpool(bodies);
    private final Hints hints = new Hints();
    private final MemoryAccounts accounts = new MemoryAccounts(new MovingVan());
    private final Map<AccountId, Holdings> holdings = new ConcurrentHashMap<>();
    private final Map<AccountId, MemoryThreads> threads = new ConcurrentHashMap<>();
    private final Map<MailboxId, MemoryMailbox> mailboxes = new ConcurrentHashMap<>();
    private final Map<DeliveryId, Accepted> accepted = Recent.of(MAILS_REMEMBERED);
    private final MemoryMetadata metadata = new MemoryMetadata(this::mailbox, this::holdings);
    private final MemorySharing sharing = new MemorySharing(this::mailbox, this::holdings);
    private final AtomicLong lastMailbox = new AtomicLong(Instant.now().getEpochSecond() << 16);
    // Never used twice in this store, and higher than those of an earlier one (RFC 9051 §2.3.1.1).
    private final AtomicLong lastUidValidity = new AtomicLong(Instant.now().getEpochSecond());
    private final Set<Long> uidValidities = ConcurrentHashMap.newKeySet(); // all ever used
    private final int expungesKept;

    MemoryStore(int expungesKept) {
        this.expungesKept = expungesKept;
    }

    /** A store without accounts. */
    public static MemoryStore empty() {
        return new MemoryStore(EXPUNGES_KEPT);
    }

    /** A store with one account. */
    public static MemoryStore with(String address, String password) {
        return empty().and(address, password);
    }

    /** A store with one account that may use the administrator's console. */
    public static MemoryStore withAdministrator(String address, String password) {
        return empty().andAdministrator(address, password);
    }

    /** Adds an account. */
    public MemoryStore and(String address, String password) {
        accounts.create(List.of(address), SaltedPassword.of(password), false);
        return this;
    }

    /** Adds an account that may use the administrator's console. */
    public MemoryStore andAdministrator(String address, String password) {
        accounts.create(List.of(address), SaltedPassword.of(password), true);
        return this;
    }

    /** The account that has this address, which must exist. */
    public Account account(String address) {
        return accounts.find(address)
                .orElseThrow(() -> new StoreException(Reason.MISSING, "no account " + address));
    }

    /** Checks passwords given to this store, or plain ones given to its {@link #accounts}. */
    public Authenticator authenticator() {
        return new MemoryAuthenticator(accounts);
    }

    @Override
    public Accounts accounts() {
        return accounts;
    }

    @Override
    public BlobSink sink(long limit) {
        return new MemorySink(limit);
    }

    /** Stores a body, which stays as long as the store. */
    @Override
    public BlobReader open(BlobRef body) {
        return bodies.open(body);
    }

    @Override
    public List<Mailbox> list(AccountId account) {
        return locked(() -> holdings(account).list());
    }

    @Override
    public Optional<Mailbox> find(AccountId account, String name) {
        return locked(() -> holdings(account).find(name));
    }

    @Override
    public Mailbox alter(AccountId account, MailboxChange change) {
        List<MailboxId> touched = new ArrayList<>();
        Mailbox changed =
                locked(
                        () -> {
                            Mailbox after = alter(holdings(account), change);
                            if (after.exists()) touched.add(after.id());
                            if (change instanceof MailboxChange.Rename) {
                                find(account, Mailbox.INBOX).ifPresent(i -> touched.add(i.id()));
                            }
                            return after;
                        });
        touched.forEach(hints::changed);
        return changed;
    }

    private Mailbox alter(Holdings those, MailboxChange change) {
        return switch (change) {
            case MailboxChange.Create c -> those.create(c);
            case MailboxChange.Rename r -> those.rename(r);
            case MailboxChange.Delete d -> forget(those.delete(d));
            case MailboxChange.Subscribe s -> those.subscribe(s);
            case MailboxChange.Unsubscribe u -> those.unsubscribe(u);
        };
    }

    @Override
    public MailboxState state(MailboxId mailbox) {
        return index(mailbox).state();
    }

    @Override
    public MailboxIndex index(MailboxId mailbox) {
        return mailbox(mailbox).index();
    }

    @Override
    public long claimRecent(MailboxId mailbox, long below) {
        return mailbox(mailbox).claimRecent(below);
    }

    @Override
    public Accepted accept(Submission mail) {
        try (var bodies = new Arriving(this.bodies)) {
            Arrival arrival =
                    bodies.read(mail.body(), EmailId.of(mail.id()), Flags.NONE, mail.received());
            Accepted done = locked(() -> accept(mail, arrival));
            done.local().forEach(a -> hints.changed(a.mailbox()));
            return done;
        }
    }

    private Accepted accept(Submission mail, Arrival arrival) {
        Accepted before = accepted.get(mail.id());
        if (before != null) return before;
        var places = mail.local().stream().distinct().map(this::mailbox).toList();
        requireRoom(places, Usage.of(arrival.octets()));
        List<Appended> local = new ArrayList<>();
        for (var place : places) local.addAll(place.append(List.of(arrival)));
        spool.add(mail, arrival.content().body());
        var done = new Accepted(mail.id(), List.copyOf(local));
        accepted.put(mail.id(), done);
        return done;
    }

    /** Refuses the mail when one of the accounts has no room for its copies. */
    private void requireRoom(List<MemoryMailbox> places, Usage each) {
        Map<AccountId, Usage> more = new HashMap<>();
        for (var place : places) more.merge(place.id().account(), each, Usage::plus);
        more.forEach(this::requireRoom);
    }

    private void requireRoom(AccountId account, Usage more) {
        Quota quota = accounts.get(account).map(Account::quota).orElse(Quota.NONE);
        if (quota.limited()) quota.require(holdings(account).usage(), more);
    }

    @Override
    public List<Appended> append(MailboxId mailbox, List<Delivery> deliveries) {
        try (var bodies = new Arriving(this.bodies)) {
            var arrivals = new LinkedHashMap<DeliveryId, Arrival>();
            for (var d : deliveries) {
                var id = EmailId.of(d.id());
                arrivals.put(d.id(), bodies.read(d.body(), id, d.flags(), d.internalDate()));
            }
            return deliver(mailbox, arrivals, deliveries);
        }
    }

    @Override
    public List<Appended> restore(MailboxId mailbox, List<Restored> messages) {
        try (var bodies = new Arriving(this.bodies)) {
            var arrivals = new LinkedHashMap<DeliveryId, Arrival>();
            for (var m : messages) {
                var d = m.delivery();
                var arrival = bodies.read(d.body(), m.email(), d.flags(), d.internalDate());
                arrivals.put(d.id(), arrival.at(m.uid(), m.savedDate()));
            }
            return deliver(mailbox, arrivals, messages.stream().map(Restored::delivery).toList());
        }
    }

    private List<Appended> deliver(
            MailboxId mailbox,
            SequencedMap<DeliveryId, Arrival> arrivals,
            List<Delivery> deliveries) {
        List<Appended> done =
                locked(
                        () -> {
                            MemoryMailbox place = mailbox(mailbox);
                            requireRoom(mailbox.account(), place.usageOf(arrivals));
                            place.deliver(arrivals);
                            return deliveries.stream().map(d -> place.delivered(d.id())).toList();
                        });
        hints.changed(mailbox);
        return done;
    }

    @Override
    public MailboxState adopt(MailboxId mailbox, MailboxState seen, Numbering numbering) {
        return locked(
                () -> {
                    var place = mailbox(mailbox);
                    if (!uidValidities.contains(numbering.uidValidity())) {
                        place.adopt(seen, numbering);
                    }
                    uidValidities.add(place.index().state().uidValidity());
                    return place.index().state();
                });
    }

    private long newUidValidity() {
        long fresh = lastUidValidity.incrementAndGet();
        while (!uidValidities.add(fresh)) fresh = lastUidValidity.incrementAndGet();
        return fresh;
    }

    @Override
    public Cursor<Message> messages(MailboxId mailbox, UidSet uids) {
        return new MessageCursor(mailbox(mailbox), uids);
    }

    @Override
    public StoreResult store(
            MailboxId mailbox, UidSet uids, FlagChange change, long unchangedSince) {
        var result = locked(() -> mailbox(mailbox).store(uids, change, unchangedSince));
        hints.changed(mailbox);
        return result;
    }

    @Override
    public Vanished expunge(MailboxId mailbox, UidSet uids) {
        Vanished gone =
                locked(
                        () -> {
                            MemoryMailbox place = mailbox(mailbox);
                            return place.remove(place.deleted(uids));
                        });
        hints.changed(mailbox);
        return gone;
    }

    @Override
    public CopyResult copy(MailboxId from, UidSet uids, MailboxId to, boolean move) {
        CopyResult done =
                locked(
                        () -> {
                            MemoryMailbox source = mailbox(from);
                            MemoryMailbox target = mailbox(to);
                            UidSet there = source.index().existing(uids);
                            var leaving = source.leaving(there);
                            if (!move || !from.account().equals(to.account())) {
                                requireRoom(to.account(), MemoryMailbox.sum(leaving));
                            }
                            var copies = target.append(leaving);
                            long modSeq = target.index().state().highestModSeq();
                            long gone = move ? source.remove(there).modSeq() : 0;
                            return new CopyResult(
                                    target.index().state().uidValidity(),
                                    there.stream().boxed().toList(),
                                    copies.stream().map(Appended::uid).toList(),
                                    modSeq,
                                    gone);
                        });
        hints.changed(to);
        if (move) hints.changed(from);
        return done;
    }

    @Override
    public Changes changes(MailboxId mailbox, long sinceModSeq) {
        return locked(() -> mailbox(mailbox).changes(sinceModSeq));
    }

    @Override
    public Subscription watch(AccountId account, Consumer<MailboxId> hint) {
        return hints.watch(account, hint);
    }

    @Override
    public Metadata metadata() {
        return metadata;
    }

    @Override
    public Sharing sharing() {
        return sharing;
    }

    @Override
    public Spool spool() {
        return spool;
    }

    /** Does nothing: what is in memory goes when nobody refers to it any more. */
    @Override
    public void close() {}

    /** How many bodies are held. */
    int bodies() {
        return bodies.count();
    }

    private <T> T locked(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    private Holdings holdings(AccountId account) {
        Holdings those = holdings.get(account);
        if (those == null) throw new StoreException(Reason.MISSING, "there is no such account");
        return those;
    }

    private MemoryMailbox mailbox(MailboxId id) {
        MemoryMailbox mailbox = mailboxes.get(id);
        if (mailbox == null) throw new StoreException(Reason.MISSING, "there is no such mailbox");
        return mailbox;
    }

    private MemoryMailbox newMailbox(AccountId account, Optional<SpecialUse> use) {
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

    private Mailbox forget(Mailbox gone) {
        forget(gone.id());
        return gone;
    }

    private void forget(MailboxId mailbox) {
        mailboxes.remove(mailbox);
        metadata.forget(mailbox);
        sharing.forget(mailbox);
    }

    /** Furnishes new accounts and clears up behind old ones. */
    private final class MovingVan implements MemoryAccounts.Housekeeping {
        @Override
        public void moveIn(AccountId account) {
            var those = new Holdings(account, use -> newMailbox(account, use));
            those.furnish();
            holdings.put(account, those);
        }

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

        @Override
        public Usage usage(AccountId account) {
            return locked(() -> holdings(account).usage());
        }

        private boolean clear(Holdings gone) {
            for (var mailbox : gone.mailboxes()) {
                forget(mailbox.id());
                mailbox.remove(mailbox.uids());
            }
            return true;
        }
    }
}
