package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Accepted;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.Appended;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.BlobSink;
import dev.sobre.mail.Changes;
import dev.sobre.mail.CopyResult;
import dev.sobre.mail.Cursor;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.Message;
import dev.sobre.mail.MessageIds;
import dev.sobre.mail.Metadata;
import dev.sobre.mail.Numbering;
import dev.sobre.mail.Restored;
import dev.sobre.mail.Sharing;
import dev.sobre.mail.SpillingSink;
import dev.sobre.mail.Spool;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Subscription;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Vanished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A mail store in a directory of this machine: what a call answers is on the disk. One process has
 * it open at a time; it may be killed at any moment.
 */
public final class RocksMailStore implements MailStore {

    private final StoreSettings settings;
    private final Home home;
    private final Engine engine;
    private final Segments segments;
    private final Mailboxes mailboxes;
    private final FolderLists folders;
    private final Hints hints = new Hints();
    private final CommitQueue queue;
    private final RocksAccounts accounts;
    private final RocksSpool spool;
    private final RocksMetadata metadata;
    private final RocksSharing sharing;
    private final Deliveries deliveries;
    private final Places places;
    private final Chores chores;
    private final Changing changing;
    private final Upkeep upkeep;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private RocksMailStore(
            StoreSettings settings,
            Home home,
            Engine engine,
            Segments segments,
            CommitPoint last,
            Pace pace) {
        this.settings = settings;
        this.home = home;
        this.engine = engine;
        this.segments = segments;
        var mailboxes = new Mailboxes(engine, settings.memory().cachedRows());
        var folders = new FolderLists(engine);
        var accountsRead = new AccountsRead();
        var worth = Worth.of(settings);
        var chores = new Chores(segments, worth);
        chores.load(engine);
        var spooled = new AtomicLong(RocksSpool.count(engine));
        var health =
                new Health(
                        home,
                        () -> {
                            engine.catchUp();
                            mailboxes.forgetAll();
                            folders.forgetAll();
                            accountsRead.forget();
                            Recovery.takeIn(engine, segments);
                            chores.load(engine);
                            spooled.set(RocksSpool.count(engine));
                            chores.call(); // what could not be undone can be now
                        });
        var writer = new SegmentWriter(segments, settings, last);
        this.mailboxes = mailboxes;
        this.folders = folders;
        this.queue =
                new CommitQueue(
                        engine,
                        writer,
                        mailboxes,
                        health,
                        hints,
                        chores,
                        settings.work().groupCommits());
        this.accounts = new RocksAccounts(engine, queue, folders, accountsRead);
        this.spool = new RocksSpool(engine, queue, spooled);
        this.metadata = new RocksMetadata(engine, queue, hints);
        this.sharing = new RocksSharing(engine, queue);
        this.deliveries = new Deliveries(new Bodies(home, segments), queue, spool);
        this.places = new Places(engine, segments);
        this.chores = chores;
        this.changing = new Changing(engine, queue, mailboxes, settings.disk().expungesKept());
        changing.undo();
        this.upkeep =
                new Upkeep(home, engine, queue, writer, mailboxes, chores, changing, pace, worth);
        mailboxes.whenUnsaved(chores::save);
        upkeep.start();
    }

    /** Opens the store in a directory, which is made when it does not exist. */
    public static RocksMailStore open(Path directory) {
        return open(directory, StoreSettings.small());
    }

    /**
     * Opens the store in a directory, which is made when it does not exist. After a crash the torn
     * end of the last commit, which was never acknowledged, is passed over.
     *
     * @throws StoreException with {@link Reason#UNAVAILABLE} when it is in use or can't be reached,
     *     with {@link Reason#DAMAGED} when it needs repair
     */
    public static RocksMailStore open(Path directory, StoreSettings settings) {
        return open(directory, settings, settings.compaction().pace());
    }

    static RocksMailStore open(Path directory, StoreSettings settings, Pace pace) {
        Home home = Home.enter(directory.toAbsolutePath());
        try {
            var segments = new Segments(home);
            Recovery.reportSegmentTails(segments);
            Recovery.reportManifest(home);
            var engine = Engine.open(home, settings);
            try {
                CommitPoint last = Replay.into(engine, segments);
                Recovery.requireEnd(segments, last);
                segments.startAfter(engine.read(Counters::lastSegment));
                Recovery.takeIn(engine, segments);
                home.discardIncoming();
                return new RocksMailStore(settings, home, engine, segments, last, pace);
            } catch (IOException | RuntimeException e) {
                engine.close();
                throw e;
            }
        } catch (IOException e) {
            home.close();
            throw new StoreException(Reason.UNAVAILABLE, "the store can't be read", e);
        } catch (RuntimeException e) {
            home.close();
            throw e;
        }
    }

    @Override
    public Accounts accounts() {
        return accounts;
    }

    @Override
    public BlobSink sink(long limit) {
        return new SpillingSink(
                home.incoming, settings.disk().inlineOctets(), SegmentFormat.RESERVED, limit);
    }

    @Override
    public BlobReader open(BlobRef body) {
        return places.open(body);
    }

    @Override
    public List<Mailbox> list(AccountId account) {
        return folders.list(account);
    }

    @Override
    public Mailbox alter(AccountId account, MailboxChange change) {
        Mailbox changed = altered(account, change);
        hints.accept(changed.id());
        return changed;
    }

    private Mailbox altered(AccountId account, MailboxChange change) {
        if (change instanceof MailboxChange.Rename rename && InboxRename.isOne(rename)) {
            MailboxId inbox = find(account, Mailbox.INBOX).orElseThrow(RocksAccounts::missing).id();
            int kept = settings.disk().expungesKept();
            return new InboxRename(rename, inbox, kept).run(queue, mailboxes, folders);
        }
        return queue.run(
                Commit.byItself(group -> new AlterFolders(group, account, folders).apply(change)));
    }

    @Override
    public MailboxState state(MailboxId mailbox) {
        return mailboxes.state(mailbox).counters();
    }

    @Override
    public MailboxIndex index(MailboxId mailbox) {
        return mailboxes.view(mailbox).index();
    }

    @Override
    public long claimRecent(MailboxId mailbox, long below) {
        long first = mailboxes.claimRecent(mailbox, below);
        if (first < below) queue.add(new ClaimRecent(mailbox, below));
        return first;
    }

    @Override
    public Accepted accept(Submission submission) {
        return deliveries.accept(submission);
    }

    @Override
    public List<Appended> append(MailboxId mailbox, List<Delivery> messages) {
        boolean keywords = messages.stream().anyMatch(m -> !m.flags().keywords().isEmpty());
        if (keywords) mailboxes.view(mailbox); // read by this thread, not by the writer
        return deliveries.append(mailbox, messages);
    }

    @Override
    public List<Appended> restore(MailboxId mailbox, List<Restored> messages) {
        return deliveries.restore(mailbox, messages);
    }

    @Override
    public MailboxState adopt(MailboxId mailbox, MailboxState seen, Numbering numbering) {
        return queue.run(Commit.byItself(new Adopt(mailbox, seen, numbering)));
    }

    @Override
    public Cursor<Message> messages(MailboxId mailbox, UidSet uids) {
        return Messages.of(engine, mailbox, index(mailbox), uids);
    }

    @Override
    public Cursor<MessageIds> ids(MailboxId mailbox, UidSet uids) {
        return Messages.ids(engine, mailbox, index(mailbox), uids);
    }

    @Override
    public StoreResult store(
            MailboxId mailbox, UidSet uids, FlagChange change, long unchangedSince) {
        return changing.store(mailbox, uids, change, unchangedSince);
    }

    @Override
    public Vanished expunge(MailboxId mailbox, UidSet uids) {
        return changing.expunge(mailbox, uids);
    }

    @Override
    public CopyResult copy(MailboxId from, UidSet uids, MailboxId to, boolean move) {
        return changing.copy(from, uids, to, move);
    }

    @Override
    public Changes changes(MailboxId mailbox, long sinceModSeq) {
        return ChangeLog.since(engine, mailbox, mailboxes.view(mailbox), sinceModSeq);
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

    /**
     * Frees at once all space of bodies that nothing refers to, however little it is in a segment;
     * otherwise this happens in the background as {@link StoreSettings.Compaction} says. Mail comes
     * and goes meanwhile.
     *
     * @param listener is told after each segment
     * @throws StoreException with {@link Reason#FULL} when there is no room to move bodies to
     */
    public CompactionProgress compact(Consumer<CompactionProgress> listener) {
        return upkeep.compact(listener);
    }

    /**
     * Counts what the store holds and takes up; reads every counter, so it is no work for often.
     */
    public StoreStats stats() {
        return StoreStats.of(home, engine, segments, chores, mailboxes);
    }

    /**
     * Looks at all of the store as it is now, and says what is not as it should be. Mail comes and
     * goes meanwhile; no space is freed until it is done. See {@link StoreCheck}.
     */
    public void check(CheckListener listener) {
        upkeep.meanwhileNothing(
                () -> {
                    StoreCheck.of(home, segments, engine, listener);
                    return listener;
                });
    }

    /**
     * Brings a directory up to date as a backup of this store as it is now. Mail comes and goes
     * meanwhile; no space is freed until it is done. Segments that are there already are not copied
     * again. The directory is a whole backup, this one or the one before, at any moment.
     *
     * @param directory is made when it does not exist
     * @param listener is told after each segment
     * @throws StoreException with {@link Reason#FULL} when there is no room for it
     */
    public BackupProgress backup(Path directory, Consumer<BackupProgress> listener) {
        Path target = directory.toAbsolutePath().normalize();
        if (target.startsWith(home.root) || home.root.startsWith(target)) {
            throw new StoreException(
                    Reason.REFUSED, "a backup can't be within the store, nor the store within it");
        }
        return upkeep.meanwhileNothing(() -> backupTo(target, listener));
    }

    private BackupProgress backupTo(Path directory, Consumer<BackupProgress> listener) {
        try {
            return new Backup(engine, queue, segments, directory).take(listener);
        } catch (IOException e) {
            throw Health.refusal(e, "the backup can't be written: " + Health.words(e));
        }
    }

    /** Removes messages whose bodies can't be read; keeps of them what there is. */
    void dropDamaged(MailboxId mailbox, UidSet uids) {
        places.save(messages(mailbox, uids), mailbox, home.root.resolve(StoreRepair.RECOVERED));
        queue.run(
                Commit.byItself(
                        group ->
                                Removal.stage(
                                        group,
                                        group.indexed(mailbox),
                                        uids,
                                        settings.disk().expungesKept())));
    }

    /** Packs what is not packed of a mailbox's index, and waits for it. */
    void packIndex(MailboxId mailbox) {
        upkeep.packIndex(mailbox);
    }

    /** Gives every mailbox a UIDVALIDITY that is higher by {@code leap} than any before. */
    void renewUidValidities(long leap) {
        StoreRestore.renew(engine, queue, leap);
    }

    /** Finishes the commits that wait and closes everything; safe to call twice. */
    @Override
    public void close() {
        if (!open.compareAndSet(true, false)) return;
        upkeep.close();
        queue.close();
        hints.close();
        segments.close();
        engine.close();
        home.close();
    }
}
