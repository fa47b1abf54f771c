package dev.sobre.mail.rocksdb.crash;

import dev.sobre.mail.Account;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Spool;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Who changes one account, alone: thinks of changes that are possible, and makes them. */
final class Actor {

    private static final int CROWDED = 60; // messages in a mailbox, from which on some go

    private final MailStore store;
    private final Account account;
    private final Random random;
    private long seed;

    Actor(MailStore store, Account account, long firstSeed) {
        this.store = store;
        this.account = account;
        this.random = new Random(firstSeed);
        this.seed = firstSeed;
    }

    Op think() {
        List<String> names = names();
        String some = any(names);
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> deliver(names);
            case 5, 6, 7 -> new Op.Append(some, List.of(mail(), mail()));
            case 8, 9, 10, 11 -> new Op.Store(some, uids(some), change());
            case 12, 13 -> new Op.Copy(some, uids(some), any(names), false);
            case 14, 15 -> new Op.Copy(some, uids(some), any(names), true);
            case 16 -> new Op.Store(some, uids(some), deletion());
            case 17 -> new Op.Expunge(some, UidSet.ALL);
            default -> folders(names, some);
        };
    }

    private Op folders(List<String> names, String some) {
        String fresh = "box" + seed + (random.nextBoolean() ? "/below" : "");
        boolean many = names.size() > 10;
        boolean own = some.startsWith("box");
        seed++;
        if (own && (many || random.nextInt(3) == 0)) return new Op.Delete(some);
        if (many || random.nextBoolean()) return new Op.Rename(own ? some : "INBOX", fresh);
        return new Op.Create(fresh);
    }

    private Op deliver(List<String> names) {
        String one = any(names);
        String other = any(names);
        var to = one.equals(other) ? List.of(one) : List.of(one, other);
        var mail = new Op.Mail(DeliveryId.random(), seed++, Flags.NONE);
        return new Op.Deliver(mail, to, random.nextInt(2));
    }

    private Op.Mail mail() {
        var flags = random.nextBoolean() ? Flags.SEEN : Flags.of(0, List.of("$Forwarded"));
        return new Op.Mail(DeliveryId.random(), seed++, flags);
    }

    private FlagChange change() {
        var kind = any(List.of(FlagChange.Kind.values()));
        var flag = any(List.of(Flag.values()));
        return new FlagChange(kind, random.nextInt(4) == 0 ? mail().flags() : Flags.of(flag));
    }

    private static FlagChange deletion() {
        return new FlagChange(FlagChange.Kind.ADD, Flags.DELETED);
    }

    private List<String> names() {
        return store.list(account.id()).stream()
                .filter(Mailbox::exists)
                .map(Mailbox::name)
                .toList();
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Some that are there: a few, or most where it is crowded. */
    private UidSet uids(String name) {
        MailboxIndex index = store.index(id(name));
        int oneIn = index.size() > CROWDED ? 2 : 8;
        return UidSet.of(
                IntStream.range(0, index.size())
                        .filter(_ -> random.nextInt(oneIn) == 0)
                        .mapToLong(index::uid)
                        .toArray());
    }

    private MailboxId id(String name) {
        return store.find(account.id(), name).orElseThrow().id();
    }

    /** Makes a change; what it changed is durable on return. */
    void make(Op op) {
        switch (op) {
            case Op.Deliver deliver -> accept(deliver);
            case Op.Append(var to, var mails) ->
                    store.append(id(to), mails.stream().map(this::delivery).toList());
            case Op.Store(var in, var uids, var change) ->
                    store.store(id(in), uids, change, Long.MAX_VALUE);
            case Op.Copy(var from, var uids, var to, var move) ->
                    store.copy(id(from), uids, id(to), move);
            case Op.Expunge(var in, var uids) -> store.expunge(id(in), uids);
            case Op.Create(var name) -> store.alter(account.id(), new MailboxChange.Create(name));
            case Op.Rename(var from, var to) ->
                    store.alter(account.id(), new MailboxChange.Rename(from, to));
            case Op.Delete(var name) -> store.alter(account.id(), new MailboxChange.Delete(name));
        }
    }

    private void accept(Op.Deliver op) {
        List<Spool.Entry> remote = new ArrayList<>();
        for (int i = 0; i < op.relayed(); i++) {
            remote.add(new Spool.Entry("bob@example.net", "example.net", Instant.EPOCH, 0, ""));
        }
        try (var sink = store.sink(1_000_000)) {
            sink.write(ByteBuffer.wrap(op.mail().body()));
            var to = op.to().stream().map(this::id).toList();
            store.accept(
                    new Submission(
                            op.mail().id(),
                            account.address(),
                            sink.finish(),
                            Instant.now(),
                            to,
                            remote));
        } catch (IOException e) {
            throw new StoreException(Reason.FULL, "as a session would say", e);
        }
    }

    private Delivery delivery(Op.Mail mail) {
        return new Delivery(
                mail.id(), BlobSource.Bytes.of(mail.body()), mail.flags(), Instant.now());
    }
}
