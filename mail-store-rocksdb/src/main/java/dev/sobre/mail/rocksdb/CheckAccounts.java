package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Usage;
import dev.sobre.mail.rocksdb.Finding.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at accounts one by one: their entries, mailboxes and addresses. */
final class CheckAccounts {

    /** What an account has one of, and what it has by name or hash. */
    private static final byte[] OF_ACCOUNTS = {
        Keys.USAGE, Keys.KEYRING, Keys.ADMINISTRATOR, Keys.SUBSCRIBED, Keys.THREAD
    };

    private static final byte[] ALL = {
        Keys.ACCOUNT,
        Keys.USAGE,
        Keys.KEYRING,
        Keys.ADMINISTRATOR,
        Keys.SUBSCRIBED,
        Keys.THREAD,
        Keys.MAILBOX,
        Keys.STATE,
        Keys.RECENT,
        Keys.ROW,
        Keys.INDEX,
        Keys.MESSAGE,
        Keys.CHANGE,
        Keys.GONE
    };

    private final Reads reads;
    private final Report report;
    private final CheckMailbox mailboxes;
    private final Entries entries;
    private final Map<String, Long> domains = new HashMap<>();
    private long accounts;
    private long lastAccount;
    private long lastMailbox;

    CheckAccounts(Reads reads, Report report, Entries entries, References references) {
        this.reads = reads;
        this.report = report;
        this.entries = entries;
        this.mailboxes = new CheckMailbox(reads, report, entries, references);
    }

    void run() {
        var numbers = new Numbers(reads, ALL, 1);
        var next = numbers.next();
        for (; next.isPresent(); next = numbers.next()) {
            account(new AccountId(new ByteReader(next.get()).i64()));
        }
        addresses();
        domains();
        counters();
    }

    private void account(AccountId id) {
        Optional<byte[]> value = reads.get(Keys.account(id));
        value.ifPresent(v -> known(id, v));
        if (value.isEmpty()) unknown(id);
        var usage = mailboxes(id, value.isPresent());
        if (value.isPresent()) usage(id, usage);
    }

    private void known(AccountId id, byte[] value) {
        accounts++;
        lastAccount = Math.max(lastAccount, id.value());
        String what = "its record can't be read";
        entries.decode(() -> StoredAccount.decode(id, value))
                .ifPresentOrElse(
                        stored -> names(id, stored.account()),
                        () -> report.account(Kind.ENTRY, reads, id, what));
        reads.get(Keys.of(Keys.KEYRING, id))
                .filter(ring -> entries.decode(() -> RocksAppPasswords.decode(ring)).isEmpty())
                .ifPresent(_ -> bad(id, "its app passwords can't be read"));
        reads.scan(
                Keys.of(Keys.THREAD, id),
                (_, thread) -> {
                    boolean good = entries.decode(() -> Threads.decode(thread)).isPresent();
                    if (!good) bad(id, "an entry of its threads can't be read");
                    return good;
                });
    }

    private void bad(AccountId id, String what) {
        report.account(Kind.ENTRY, reads, id, what);
    }

    private void names(AccountId id, Account account) {
        for (String address : account.addresses()) {
            domains.merge(AccountEntries.domain(address), 1L, Long::sum);
            var leads = reads.get(Keys.address(address)).map(AccountEntries::id);
            if (leads.equals(Optional.of(id))) continue;
            String to =
                    leads.map(other -> "leads to account number " + other.value())
                            .orElse("leads nowhere");
            report.account(Kind.ACCOUNT, reads, id, "its address " + address + " " + to);
        }
        boolean rules = account.administrator() && !account.disabled();
        if (rules != reads.has(Keys.of(Keys.ADMINISTRATOR, id))) {
            report.account(
                    Kind.ACCOUNT,
                    reads,
                    id,
                    rules
                            ? "it is not listed among the administrators"
                            : "it is listed among the administrators and is none");
        }
    }

    private void unknown(AccountId id) {
        for (byte kind : OF_ACCOUNTS) {
            if (!reads.hasAny(Keys.of(kind, id))) continue;
            report.account(Kind.ORPHAN, reads, id, "there are entries of it");
            return;
        }
    }

    /** Looks at all mailboxes of an account; gives what they hold. */
    private Usage mailboxes(AccountId id, boolean known) {
        Usage held = Usage.NONE;
        Set<String> names = new HashSet<>();
        var numbers = new Numbers(reads, id, CheckMailbox.KINDS);
        for (var next = numbers.next(); next.isPresent(); next = numbers.next()) {
            var mailbox = new MailboxId(id, new ByteReader(next.get(), 8).i64());
            lastMailbox = Math.max(lastMailbox, mailbox.number());
            Optional<StoredState> state = mailboxes.check(mailbox, known, names);
            if (state.isEmpty()) continue;
            var counters = state.get().counters();
            if (!reads.has(Keys.uidValidity(counters.uidValidity()))) {
                String what = "its UIDVALIDITY could be given out again";
                report.mailbox(Kind.COUNTERS, reads, mailbox, what);
            }
            held = held.plus(new Usage(counters.octets(), counters.messages()));
        }
        if (known && !names.contains(Mailbox.INBOX)) {
            report.account(Kind.MAILBOX, reads, id, "it has no INBOX");
        }
        return held;
    }

    private void usage(AccountId id, Usage held) {
        Optional<byte[]> value = reads.get(Keys.usage(id));
        var counted =
                value.map(v -> entries.decode(() -> Held.decode(v)))
                        .orElse(Optional.of(Usage.NONE));
        if (counted.equals(Optional.of(held))) return;
        report.account(
                Kind.USAGE,
                reads,
                id,
                "it holds %d messages of %d octets, but is counted as holding %s"
                        .formatted(
                                held.messages(),
                                held.octets(),
                                counted.map(c -> c.messages() + " of " + c.octets())
                                        .orElse("something that can't be read")));
    }

    private void addresses() {
        reads.scan(
                Keys.prefix(Keys.ADDRESS),
                (key, value) -> {
                    String address = Keys.text(key, 1);
                    var id = entries.decode(() -> AccountEntries.id(value));
                    boolean right =
                            id.flatMap(
                                            a ->
                                                    reads.get(Keys.account(a))
                                                            .flatMap(
                                                                    v ->
                                                                            entries.decode(
                                                                                    () ->
                                                                                            StoredAccount
                                                                                                    .decode(
                                                                                                            a,
                                                                                                            v))))
                                    .map(s -> s.account().addresses().contains(address))
                                    .orElse(false);
                    if (!right) {
                        report.store(
                                Kind.ACCOUNT,
                                "the address " + address + " leads to an account that has it not");
                    }
                    return true;
                });
    }

    private void domains() {
        reads.scan(
                Keys.prefix(Keys.DOMAIN),
                (key, value) -> {
                    String domain = Keys.text(key, 1);
                    var counted = entries.decode(() -> AccountEntries.number(value));
                    Long there = domains.remove(domain);
                    if (!counted.equals(Optional.ofNullable(there))) domain(domain);
                    return true;
                });
        domains.keySet().forEach(this::domain);
    }

    private void domain(String domain) {
        report.store(Kind.ACCOUNT, "the addresses at " + domain + " are counted wrongly");
    }

    private void counters() {
        if (AccountEntries.count(reads) != accounts) {
            report.store(
                    Kind.ACCOUNT,
                    "there are %d accounts, and %d are counted"
                            .formatted(accounts, AccountEntries.count(reads)));
        }
        atLeast("account", lastAccount, "an account");
        atLeast("mailbox", lastMailbox, "a mailbox");
    }

    private void atLeast(String counter, long highest, String what) {
        if (Counters.last(reads, counter) >= highest) return;
        report.store(Kind.COUNTERS, "the number of " + what + " could be given out again");
    }
}
