package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.AppPassword;
import dev.sobre.mail.AppPasswords;
import dev.sobre.mail.Keyring;
import dev.sobre.mail.ScramKeys;
import dev.sobre.mail.ScramSalt;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The app passwords, those of each account in one entry. */
final class RocksAppPasswords implements AppPasswords {

    private static final byte[] SECRET = Keys.counter("secret");
    private static final int SECRET_SIZE = 32;

    private final Engine engine;
    private final CommitQueue queue;
    private volatile byte @Nullable [] secret; // read when it is first needed

    RocksAppPasswords(Engine engine, CommitQueue queue) {
        this.engine = engine;
        this.queue = queue;
    }

    @Override
    public Optional<Keyring> find(AccountId id) {
        return engine.get(Keys.of(Keys.KEYRING, id)).map(RocksAppPasswords::decode);
    }

    @Override
    public Keyring open(AccountId id) {
        var there = find(id);
        return there.isPresent() ? there.get() : queue.run(group -> open(group, id));
    }

    private static Keyring open(Group group, AccountId id) {
        if (group.get(Keys.account(id)).isEmpty()) throw RocksAccounts.missing();
        var there = find(group, id);
        if (there.isPresent()) return there.get();
        var fresh = new Keyring(ScramSalt.random(), List.of());
        put(group, id, fresh);
        return fresh;
    }

    @Override
    public void add(AccountId id, AppPassword password) {
        queue.run(
                group -> {
                    var there = find(group, id).orElseThrow(RocksAccounts::missing);
                    put(group, id, there.with(password));
                    return id;
                });
    }

    @Override
    public boolean revoke(AccountId id, String name) {
        return queue.run(group -> change(group, id, name, ring -> ring.without(name)));
    }

    @Override
    public void used(AccountId id, String name, Instant when) {
        queue.add(group -> change(group, id, name, ring -> ring.used(name, when)));
    }

    /** Changes the keyring if it has a password of this name. */
    private static boolean change(
            Group group, AccountId id, String name, Function<Keyring, Keyring> change) {
        var there = find(group, id).filter(ring -> ring.named(name).isPresent());
        there.ifPresent(ring -> put(group, id, change.apply(ring)));
        return there.isPresent();
    }

    @Override
    public ScramSalt decoy(String user) {
        byte[] known = secret;
        if (known == null) {
            known = engine.get(SECRET).orElseGet(() -> queue.run(RocksAppPasswords::makeSecret));
            secret = known;
        }
        return ScramSalt.decoy(known, user);
    }

    private static byte[] makeSecret(Group group) {
        return group.get(SECRET)
                .orElseGet(
                        () -> {
                            byte[] fresh = new byte[SECRET_SIZE];
                            new SecureRandom().nextBytes(fresh);
                            group.put(SECRET, fresh);
                            return fresh;
                        });
    }

    private static Optional<Keyring> find(Group group, AccountId id) {
        return group.get(Keys.of(Keys.KEYRING, id)).map(RocksAppPasswords::decode);
    }

    private static void put(Group group, AccountId id, Keyring ring) {
        group.put(Keys.of(Keys.KEYRING, id), encode(ring));
    }

    private static byte[] encode(Keyring ring) {
        var out = new ByteWriter(160).u8(1);
        out.block(ring.salt().salt()).count(ring.salt().iterations());
        out.count(ring.passwords().size());
        for (var password : ring.passwords()) {
            out.text(password.name()).i64(password.created().toEpochMilli());
            time(out, password.expires());
            time(out, password.lastUsed());
            out.block(password.keys().storedKey()).block(password.keys().serverKey());
        }
        return out.done();
    }

    static Keyring decode(byte[] value) {
        var in = new ByteReader(value).version(1);
        var salt = new ScramSalt(in.block(), (int) in.count());
        int count = in.size();
        List<AppPassword> passwords = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            passwords.add(
                    new AppPassword(
                            in.text(),
                            Instant.ofEpochMilli(in.i64()),
                            time(in),
                            time(in),
                            new ScramKeys(in.block(), in.block())));
        }
        return new Keyring(salt, passwords);
    }

    private static void time(ByteWriter out, Optional<Instant> time) {
        out.u8(time.isPresent() ? 1 : 0);
        time.ifPresent(t -> out.i64(t.toEpochMilli()));
    }

    private static Optional<Instant> time(ByteReader in) {
        return in.u8() == 1 ? Optional.of(Instant.ofEpochMilli(in.i64())) : Optional.empty();
    }
}
