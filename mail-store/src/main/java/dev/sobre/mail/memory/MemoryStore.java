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
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.Message;
import dev.sobre.mail.Metadata;
import dev.sobre.mail.Numbering;
import dev.sobre.mail.Restored;
import dev.sobre.mail.Sharing;
import dev.sobre.mail.Spool;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.StoreResult;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Subscription;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Vanished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A whole mail store in memory. One lock orders all changes; bodies are read and looked at outside
 * of it, and reading takes no lock. How much it may hold is up to whoever feeds it.
 */
public final class MemoryStore implements MailStore {

    private static final int EXPUNGES_KEPT = 10_000;

    private final Bodies bodies = new Bodies();
    private final MemorySpool spool = new MemorySpool(bodies);
    private final Hints hints = new Hints();
    private final MemoryMailboxes mailboxes;
    private final MemoryAccounts accounts;
    private final Filing filing;

    MemoryStore(int expungesKept) {
        this.mailboxes = new MemoryMailboxes(bodies, expungesKept, hints::changed);
        this.accounts = new MemoryAccounts(mailboxes);
        this.filing = new Filing(bodies, mailboxes, accounts, spool, hints);
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

    @Override
    public BlobReader open(BlobRef body) {
        return bodies.open(body);
    }

    @Override
    public List<Mailbox> list(AccountId account) {
        return mailboxes.locked(() -> mailboxes.of(account).list());
    }

    @Override
    public Optional<Mailbox> find(AccountId account, String name) {
        return mailboxes.locked(() -> mailboxes.of(account).find(name));
    }

    @Override
    public Mailbox alter(AccountId account, MailboxChange change) {
        List<MailboxId> touched = new ArrayList<>();
        Mailbox changed =
                mailboxes.locked(
                        () -> {
                            Mailbox after = mailboxes.alter(account, change);
                            touched.add(after.id());
                            if (change instanceof MailboxChange.Rename) {
                                find(account, Mailbox.INBOX).ifPresent(i -> touched.add(i.id()));
                            }
                            return after;
                        });
        touched.forEach(hints::changed);
        return changed;
    }

    @Override
    public MailboxState state(MailboxId mailbox) {
        return index(mailbox).state();
    }

    @Override
    public MailboxIndex index(MailboxId mailbox) {
        return mailboxes.get(mailbox).index();
    }

    @Override
    public long claimRecent(MailboxId mailbox, long below) {
        return mailboxes.get(mailbox).claimRecent(below);
    }

    @Override
    public Accepted accept(Submission mail) {
        return filing.accept(mail);
    }

    @Override
    public List<Appended> append(MailboxId mailbox, List<Delivery> deliveries) {
        return filing.append(mailbox, deliveries);
    }

    @Override
    public List<Appended> restore(MailboxId mailbox, List<Restored> messages) {
        return filing.restore(mailbox, messages);
    }

    @Override
    public MailboxState adopt(MailboxId mailbox, MailboxState seen, Numbering numbering) {
        return mailboxes.locked(() -> mailboxes.adopt(mailbox, seen, numbering));
    }

    @Override
    public Cursor<Message> messages(MailboxId mailbox, UidSet uids) {
        return new MessageCursor(mailboxes.get(mailbox), uids);
    }

    @Override
    public StoreResult store(
            MailboxId mailbox, UidSet uids, FlagChange change, long unchangedSince) {
        var result =
                mailboxes.locked(() -> mailboxes.get(mailbox).store(uids, change, unchangedSince));
        hints.changed(mailbox);
        return result;
    }

    @Override
    public Vanished expunge(MailboxId mailbox, UidSet uids) {
        Vanished gone =
                mailboxes.locked(
                        () -> {
                            MemoryMailbox place = mailboxes.get(mailbox);
                            return place.remove(place.deleted(uids));
                        });
        hints.changed(mailbox);
        return gone;
    }

    @Override
    public CopyResult copy(MailboxId from, UidSet uids, MailboxId to, boolean move) {
        return filing.copy(from, uids, to, move);
    }

    @Override
    public Changes changes(MailboxId mailbox, long sinceModSeq) {
        return mailboxes.locked(() -> mailboxes.get(mailbox).changes(sinceModSeq));
    }

    @Override
    public Subscription watch(AccountId account, Consumer<MailboxId> hint) {
        return hints.watch(account, hint);
    }

    @Override
    public Metadata metadata() {
        return mailboxes.metadata;
    }

    @Override
    public Sharing sharing() {
        return mailboxes.sharing;
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
}
