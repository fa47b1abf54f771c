package dev.sobre.line.sasl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.sasl.PasswordVerifier.Guesses;
import dev.sobre.mail.Account;
import dev.sobre.mail.AccountChange;
import dev.sobre.mail.AppPassword;
import dev.sobre.mail.AppSecret;
import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.NewAccount;
import dev.sobre.mail.ScramKeys;
import dev.sobre.mail.memory.MemoryStore;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordVerifierTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String SECRET = PasswordHash.argon2id("secret");

    private final TroubledAccounts accounts = new TroubledAccounts(MemoryStore.empty().accounts());
    private final Account ann = accounts.create(List.of("ann@example.org"), SECRET, false);
    private final AtomicLong clock = new AtomicLong();
    private final HashingPool pool = new HashingPool(1, 2, Duration.ofMinutes(1));
    private final PasswordVerifier verifier =
            new PasswordVerifier(
                    accounts,
                    new RecentLogins(10, Duration.ofSeconds(60), clock::get),
                    new WrongLogins(new Guesses(10, Duration.ofMinutes(15)), clock::get),
                    pool,
                    true);

    @Test
    void theRightPasswordIsGranted() {
        assertEquals(new Verdict.Granted(ann), login("ann@example.org", "secret"));
        assertEquals(new Verdict.Granted(ann), login("Ann@Example.ORG", "secret"));
    }

    @Test
    void anythingElseIsDenied() {
        assertDenied(login("ann@example.org", "Secret"));
        assertDenied(login("ann@example.org", ""));
        assertDenied(login("ann@example.org", "secret\0"));
        assertDenied(login("bob@example.org", "secret"));
        assertDenied(verifier.verify(new Credentials.Token("ann@example.org", "secret"), HERE));
    }

    @Test // RFC 4422 appendix A.1
    void whomTheHandshakeHasProvedNeedsAnAccountAlone() {
        assertEquals(new Verdict.Granted(ann), external("", "Ann@example.org"));
        assertEquals(new Verdict.Granted(ann), external("ANN@example.org", "ann@example.org"));
        assertEquals(
                new Verdict.Granted(ann),
                external("", "ann@elsewhere.example", "ann@example.org", "ann@example.org"));
        assertDenied(external("bob@example.org", "ann@example.org"));
        assertDenied(external("", "nobody@example.org"));
    }

    @Test
    void aCertificateThatNamesTwoAccountsIsNobody() {
        accounts.create(List.of("eve@example.org", "e@example.org"), "h", false);
        assertDenied(external("", "ann@example.org", "eve@example.org"));
        assertDenied(external("ann@example.org", "ann@example.org", "eve@example.org"));
        assertInstanceOf(Verdict.Granted.class, external("e@example.org", "eve@example.org"));
    }

    private Verdict external(String wanted, String... proven) {
        return verifier.verify(new Credentials.External(List.of(proven), wanted), HERE);
    }

    @ParameterizedTest // LESSONS 10
    @ValueSource(
            strings = {
                "ann@example.org",
                "nobody@example.org",
                "imported@example.org",
                "odd@example.org"
            })
    void unknownUserAndWrongPasswordCostOneHash(String user) throws Exception {
        accounts.create(List.of("imported@example.org"), "{PLAIN}secret", false);
        accounts.create(List.of("odd@example.org"), "{SSHA}secret", false);
        assertDenied(login(user, "wrong"));
        assertEquals(1, hashes());
    }

    @Test
    void aMailClientsManyLoginsCostOneHash() throws Exception {
        for (int i = 0; i < 5; i++) assertGranted(login("ann@example.org", "secret"));
        assertEquals(1, hashes());
        assertDenied(login("ann@example.org", "wrong"));
        assertDenied(login("ann@example.org", "wrong"));
        assertEquals(3, hashes());
        clock.addAndGet(Duration.ofSeconds(60).toNanos());
        assertGranted(login("ann@example.org", "secret"));
        assertEquals(4, hashes());
    }

    @Test
    void aChangedPasswordIsNotRemembered() {
        assertGranted(login("ann@example.org", "secret"));
        accounts.setPasswordHash(ann.id(), PasswordHash.argon2id("other"));
        assertDenied(login("ann@example.org", "secret"));
    }

    @Test // LESSONS 11
    void aRemovedAccountIsNotRemembered() {
        assertGranted(login("ann@example.org", "secret"));
        accounts.remove(ann.id());
        assertDenied(login("ann@example.org", "secret"));
        var again = accounts.create(List.of("ann@example.org"), SECRET, false);
        assertEquals(new Verdict.Granted(again), login("ann@example.org", "secret"));
    }

    @Test
    void anImportedHashIsReplacedAtTheFirstLogin() {
        accounts.setPasswordHash(ann.id(), "{PLAIN}secret");
        assertGranted(login("ann@example.org", "secret"));
        await().until(() -> stored().startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
        assertGranted(login("ann@example.org", "secret"));
        assertDenied(login("ann@example.org", "wrong"));
    }

    @Test
    void aHashWithLowerParametersIsReplacedToo() {
        for (String weak : List.of(argon2id(4_096, 2), argon2id(19_456, 1))) {
            accounts.setPasswordHash(ann.id(), weak);
            assertDenied(login("ann@example.org", "wrong"));
            assertEquals(weak, stored());
            assertGranted(login("ann@example.org", "secret"));
            await().until(() -> stored().startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
            assertGranted(login("ann@example.org", "secret"));
        }
    }

    @Test
    void aPasswordThatIsChangedMeanwhileStaysChanged() throws Exception {
        accounts.setPasswordHash(ann.id(), "{PLAIN}secret");
        var changed = new CountDownLatch(1);
        accounts.meanwhile =
                () -> {
                    accounts.setPasswordHash(ann.id(), "{PLAIN}other");
                    changed.countDown();
                };
        assertGranted(login("ann@example.org", "secret"));
        assertTrue(changed.await(1, TimeUnit.MINUTES));
        hashes(); // the attempt is over
        assertEquals("{PLAIN}other", stored());
    }

    @Test
    void aDisabledAccountIsNobody() throws Exception {
        assertGranted(login("ann@example.org", "secret"));
        assertEquals(Optional.of(ann), verifier.current(ann));
        long before = hashes();
        disable(true);
        assertDenied(login("ann@example.org", "secret"));
        assertDenied(external("", "ann@example.org"));
        assertEquals(before + 1, hashes());
        assertEquals(Optional.empty(), verifier.current(ann));
        disable(false);
        assertGranted(login("ann@example.org", "secret"));
    }

    private void disable(boolean disabled) {
        accounts.change(ann.id(), List.of(new AccountChange.Disabled(disabled)));
    }

    @Test
    void anAppPasswordIsTakenBesideTheAccountsOwn() throws Exception {
        var phone = app("phone", Optional.empty());
        var laptop = app("laptop", Optional.empty());
        assertGranted(login("ann@example.org", phone.text()));
        String typed = laptop.text().replace('-', ' ').toUpperCase(Locale.ROOT);
        assertGranted(login("ANN@example.org", typed));
        assertEquals(0, hashes(), "random bits need no Argon2");
        assertGranted(login("ann@example.org", "secret"));
        assertDenied(login("ann@example.org", AppSecret.random().text()));
        assertDenied(login("bob@example.org", phone.text()));
    }

    @Test
    void anAppPasswordThatIsRevokedOrExpiredIsWrong() {
        var phone = app("phone", Optional.empty());
        var guest = app("guest", Optional.of(Instant.now().minusSeconds(1)));
        assertDenied(login("ann@example.org", guest.text()));
        assertGranted(login("ann@example.org", phone.text()));
        accounts.appPasswords().revoke(ann.id(), "phone");
        assertDenied(login("ann@example.org", phone.text()));
    }

    @Test
    void anAppPasswordOfADisabledAccountIsWrong() {
        var phone = app("phone", Optional.empty());
        disable(true);
        assertDenied(login("ann@example.org", phone.text()));
    }

    @Test
    void anAppPasswordWorksWhereTheOwnCantBeChecked() {
        var phone = app("phone", Optional.empty());
        accounts.setPasswordHash(ann.id(), "{SSHA}secret");
        assertGranted(login("ann@example.org", phone.text()));
        assertDenied(login("ann@example.org", "secret"));
    }

    @Test
    void itIsKnownWhenAnAppPasswordWasUsed() throws Exception {
        var phone = app("phone", Optional.empty());
        assertEquals(Optional.empty(), lastUse());
        assertGranted(login("ann@example.org", phone.text()));
        hashes(); // what comes after the answer is over
        var first = lastUse();
        assertTrue(first.isPresent());
        clock.addAndGet(Duration.ofSeconds(60).toNanos());
        assertGranted(login("ann@example.org", phone.text()));
        hashes();
        assertEquals(first, lastUse(), "written once an hour at most");
    }

    @ParameterizedTest // LESSONS 10: an app password that is wrong costs the same whoever has any
    @ValueSource(strings = {"ann@example.org", "eve@example.org", "nobody@example.org"})
    void aWrongAppPasswordCostsTheSame(String user) throws Exception {
        app("phone", Optional.empty());
        accounts.create(NewAccount.of("eve@example.org", SECRET));
        assertDenied(login(user, AppSecret.random().text()));
        assertEquals(1, hashes());
    }

    @Test
    void scramKnowsTheLiveAppPasswordsOfAUser() {
        var phone = app("phone", Optional.empty());
        app("guest", Optional.of(Instant.now().minusSeconds(1)));
        var user = verifier.scram("Ann@example.org").orElseThrow();
        var keys = user.salt().keys(phone.text());
        assertEquals(List.of(keys), user.keys());
        assertEquals(new Verdict.Granted(ann), scram("ann@example.org", keys));
        assertTrue(lastUse().isPresent());
        accounts.appPasswords().revoke(ann.id(), "phone");
        assertDenied(scram("ann@example.org", keys));
    }

    @Test // RFC 5802 §9
    void scramTellsNothingOfWhoIsThere() {
        accounts.create(NewAccount.of("eve@example.org", SECRET));
        app("phone", Optional.empty());
        disable(true);
        for (String user : List.of("ann@example.org", "eve@example.org", "nobody@example.org")) {
            var known = verifier.scram(user).orElseThrow();
            assertEquals(known, verifier.scram(user).orElseThrow());
            assertEquals(List.of(), known.keys());
            assertEquals(16, known.salt().salt().length);
            assertDenied(scram(user, known.salt().keys("guess")));
        }
        accounts.reading = false;
        assertInstanceOf(
                Verdict.Unavailable.class,
                scram("ann@example.org", new ScramKeys(new byte[32], new byte[32])));
    }

    private Verdict scram(String user, ScramKeys keys) {
        return verifier.verify(new Credentials.Scram(user, keys), HERE);
    }

    private AppSecret app(String name, Optional<Instant> expires) {
        return AppSecret.add(accounts.appPasswords(), ann.id(), name, Instant.now(), expires);
    }

    private Optional<Instant> lastUse() {
        return accounts.appPasswords()
                .find(ann.id())
                .flatMap(ring -> ring.named("phone"))
                .flatMap(AppPassword::lastUsed);
    }

    /** The password "secret" as it was stored when less was asked for. */
    private static String argon2id(int memory, int passes) {
        byte[] salt = "a salt of before".getBytes(StandardCharsets.US_ASCII);
        byte[] hash = new byte[32];
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withSalt(salt)
                        .withMemoryAsKB(memory)
                        .withIterations(passes)
                        .withParallelism(1)
                        .build());
        generator.generateBytes("secret".getBytes(StandardCharsets.US_ASCII), hash);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(
                        memory, passes, base64.encodeToString(salt), base64.encodeToString(hash));
    }

    @Test
    void aStoreThatCantWriteDoesNotStopALogin() throws Exception {
        accounts.setPasswordHash(ann.id(), "{PLAIN}secret");
        accounts.writing = false;
        assertGranted(login("ann@example.org", "secret"));
        hashes(); // the attempt is over
        assertEquals("{PLAIN}secret", stored());
        accounts.writing = true;
        clock.addAndGet(Duration.ofSeconds(60).toNanos());
        assertGranted(login("ann@example.org", "secret"));
        await().until(() -> stored().startsWith("$argon2id$"));
    }

    @Test // LESSONS 12
    void aDeviceThatRepeatsOneWrongPasswordMakesOneMistake() {
        for (int i = 0; i < 40; i++) assertDenied(from("192.0.2.1", "ann@example.org", "old"));
        assertGranted(from("192.0.2.1", "ann@example.org", "secret"));
        for (int i = 0; i < 9; i++) assertDenied(from("192.0.2.1", "ann@example.org", "x" + i));
        assertPutOff(from("192.0.2.1", "ann@example.org", "secret"));
        assertDenied(from("192.0.2.1", "ann@example.org", "old")); // no new guess
    }

    @Test // LESSONS 12
    void whoTriesManyPasswordsIsPutOffAndNobodyElse() throws Exception {
        for (int i = 0; i < 10; i++) assertDenied(from("2001:db8::" + i, user(i), "spring"));
        long before = hashes();
        for (int i = 0; i < 50; i++)
            assertPutOff(from("2001:db8::" + i, "ann@example.org", "" + i));
        assertEquals(before, hashes());
        assertGranted(from("2001:db8:0:1::1", "ann@example.org", "secret"));
        clock.addAndGet(Duration.ofMinutes(15).toNanos());
        assertGranted(from("2001:db8::1", "ann@example.org", "secret"));
    }

    @Test
    void noAccountIsLocked() {
        for (int i = 0; i < 30; i++) assertDenied(from("192.0.2." + i, "ann@example.org", "" + i));
        assertGranted(from("192.0.2.1", "ann@example.org", "secret"));
    }

    @Test
    void thisMachineIsNotPutOff() {
        for (int i = 0; i < 30; i++) assertDenied(login("ann@example.org", "wrong" + i));
        assertGranted(login("ann@example.org", "secret"));
    }

    private static String user(int number) {
        return "user" + number + "@example.org";
    }

    private static void assertPutOff(Verdict verdict) {
        assertInstanceOf(Verdict.PutOff.class, verdict);
    }

    private Verdict from(String address, String user, String password) {
        return verifier.verify(
                new Credentials.Password(user, password), InetAddress.ofLiteral(address));
    }

    @Test
    void aStoreThatCantReadIsNoWrongPassword() {
        accounts.reading = false;
        assertInstanceOf(Verdict.Unavailable.class, login("ann@example.org", "secret"));
        accounts.reading = true;
        assertGranted(login("ann@example.org", "secret"));
    }

    @Test
    void whoFindsNoPlaceIsToldSoAtOnce() throws Exception {
        var gate = new CountDownLatch(1);
        pool.submit(HERE, new HashingPool.Job(memory -> waitFor(gate), () -> {}));
        await().until(() -> !pool.busy());
        try (var sessions = Executors.newVirtualThreadPerTaskExecutor()) {
            var logins = List.of(loginOn(sessions), loginOn(sessions), loginOn(sessions));
            await().until(() -> logins.stream().anyMatch(Future::isDone));
            assertEquals(1, logins.stream().filter(Future::isDone).count());
            gate.countDown();
            int granted = 0;
            for (var login : logins) {
                switch (login.get(1, TimeUnit.MINUTES)) {
                    case Verdict.Granted yes -> granted++;
                    case Verdict.Denied no -> throw new AssertionError("the password was right");
                    case Verdict.PutOff no -> throw new AssertionError("the password was right");
                    case Verdict.Unavailable(var reason) -> assertTrue(reason.contains("too many"));
                }
            }
            assertEquals(2, granted);
        }
    }

    @Test
    void aClosedVerifierDecidesNothing() {
        assertGranted(login("ann@example.org", "secret"));
        verifier.close();
        verifier.close();
        assertInstanceOf(Verdict.Unavailable.class, login("ann@example.org", "secret"));
    }

    @Test
    void withoutMemoryEachLoginIsHashed() throws Exception {
        var forgetful =
                new PasswordVerifier(
                        accounts,
                        new RecentLogins(0, Duration.ZERO, clock::get),
                        new WrongLogins(Guesses.standard(), clock::get),
                        pool,
                        false);
        for (int i = 0; i < 2; i++) {
            assertGranted(
                    forgetful.verify(new Credentials.Password("ann@example.org", "secret"), HERE));
        }
        assertEquals(2, hashes());
        assertEquals(Duration.ZERO, PasswordVerifier.Settings.withoutMemory().remember());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new PasswordVerifier.Settings(
                                Duration.ofSeconds(-1), 1, false, Guesses.standard()));
    }

    @Test // what a program that embeds the server writes
    void overAnyAccounts() {
        try (var shared = PasswordVerifier.over(accounts)) {
            assertGranted(
                    shared.verify(new Credentials.Password("ann@example.org", "secret"), HERE));
            assertFalse(
                    shared.verify(new Credentials.Password("ann@example.org", "wrong"), HERE)
                            instanceof Verdict.Granted);
        }
    }

    private Future<Verdict> loginOn(ExecutorService sessions) {
        return sessions.submit(() -> login("ann@example.org", "secret"));
    }

    private Verdict login(String user, String password) {
        return verifier.verify(new Credentials.Password(user, password), HERE);
    }

    private String stored() {
        return accounts.passwordHash(ann.id()).orElseThrow();
    }

    /** How many hashes the pool's one thread has computed. */
    private long hashes() throws Exception {
        var hashes = new CompletableFuture<Long>();
        pool.submit(
                HERE, new HashingPool.Job(memory -> hashes.complete(memory.hashes()), () -> {}));
        return hashes.get(1, TimeUnit.MINUTES);
    }

    private static void assertGranted(Verdict verdict) {
        assertInstanceOf(Verdict.Granted.class, verdict);
    }

    private static void assertDenied(Verdict verdict) {
        assertEquals(new Verdict.Denied(), verdict);
    }

    private static void waitFor(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
