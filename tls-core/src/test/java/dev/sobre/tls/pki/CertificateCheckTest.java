package dev.sobre.tls.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in files that are right, and in each that is wrong in one way. */
class CertificateCheckTest {
    private static final String NAME = "mail.example.org";
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir java.nio.file.Path home;
    private final Instant now = Instant.now();
    private Authority root;
    private Authority middle;
    private KeyAndChain server;

    @BeforeEach
    void make() throws Exception {
        root = Authority.root("root");
        middle = root.sub("middle");
        server = middle.server(NAME);
    }

    @Test
    void findsNothingWhereAllIsWell() throws Exception {
        assertEquals(List.of(), codes(check(server.chain())));
        assertEquals(List.of(), codes(check(with(server.chain(), root.certificate()))));
        var ca = LocalCa.create(home, List.of("example.org"));
        var local = ca.issue(List.of(NAME));
        assertEquals(
                List.of(),
                codes(
                        new CertificateCheck(
                                local.chain(),
                                Optional.of(local.key()),
                                List.of(NAME),
                                List.of(ca.certificate()),
                                now)));
    }

    @Test
    void findsAKeyOfAnother() throws Exception {
        var other = Optional.of(middle.server(NAME).key());
        assertEquals(List.of("KEY_MISMATCH !"), codes(check(server.chain(), other, NAME)));
    }

    @Test
    void findsWhatIsMissing() throws Exception {
        var alone = List.of(server.certificate());
        assertEquals(List.of("CHAIN_INCOMPLETE !"), codes(check(alone)));
        var unknown =
                new CertificateCheck(
                        with(server.chain(), root.certificate()),
                        none(),
                        List.of(),
                        List.of(),
                        now);
        assertEquals(List.of("ROOT_UNKNOWN"), codes(unknown));
        assertTrue(unknown.findings().getFirst().sentence().contains("CN=root"));
    }

    @Test
    void findsWhatIsOutOfPlace() throws Exception {
        var mixed = List.of(middle.certificate(), server.certificate());
        assertEquals(List.of("ORDER"), codes(check(mixed)));
        var stranger = Authority.root("stranger").sub("other").certificate();
        assertEquals(List.of("EXTRA"), codes(check(with(server.chain(), stranger))));
    }

    @Test
    void findsAnotherName() throws Exception {
        assertEquals(
                List.of("NAME !"), codes(check(server.chain(), none(), NAME, "imap.example.org")));
        var pair = Authority.ec();
        var nameless = middle.sign(middle.order("CN=" + NAME, pair.getPublic()));
        assertEquals(
                List.of("NO_NAMES !", "NAME !"),
                codes(check(middle.chain(pair, nameless).chain(), none(), NAME)));
    }

    @Test
    void findsTheWrongTime() throws Exception {
        assertEquals(
                List.of("EXPIRED !"), codes(at(now.minus(DAY.multipliedBy(9)), now.minus(DAY))));
        assertEquals(
                List.of("NOT_YET_VALID !"),
                codes(at(now.plus(DAY), now.plus(DAY.multipliedBy(90)))));
        assertEquals(
                List.of("EXPIRES_SOON"), codes(at(now.minus(DAY), now.plus(DAY.multipliedBy(20)))));
        assertEquals(
                List.of("LONG_LIFE"), codes(at(now.minus(DAY), now.plus(DAY.multipliedBy(500)))));
    }

    @Test
    void findsWhatIsWeak() throws Exception {
        var pair = Authority.ec();
        var old = middle.sign(middle.order("CN=a", pair.getPublic()).named(NAME), "SHA1withECDSA");
        assertEquals(List.of("WEAK_SIGNATURE !"), codes(check(middle.chain(pair, old).chain())));
        var small = Authority.rsa(1024);
        var weak = middle.sign(middle.order("CN=a", small.getPublic()).named(NAME));
        assertEquals(List.of("KEY_KIND !"), codes(check(middle.chain(small, weak).chain())));
        var ed =
                SelfSigned.of(
                        List.of(NAME),
                        KeyKind.ED25519.make(),
                        Optional.empty(),
                        DAY.multipliedBy(90));
        assertEquals(List.of("KEY_KIND !", "ROOT_UNKNOWN"), codes(check(ed.chain())));
    }

    @Test
    void findsAnotherPurpose() throws Exception {
        var pair = Authority.ec();
        var order =
                middle.order("CN=a", pair.getPublic())
                        .named(NAME)
                        .purpose(KeyPurposeId.id_kp_clientAuth);
        assertEquals(
                List.of("PURPOSE !"), codes(check(middle.chain(pair, middle.sign(order)).chain())));
        var authority =
                middle.order("CN=a", pair.getPublic())
                        .named(NAME)
                        .authority()
                        .time(now.minus(DAY), now.plus(DAY.multipliedBy(90)));
        assertEquals(
                List.of("AUTHORITY"),
                codes(check(middle.chain(pair, middle.sign(authority)).chain())));
    }

    /** Only the walk along the whole path sees that an authority has gone beyond its names. */
    @Test
    void findsAnAuthorityThatVouchesForOthers() throws Exception {
        var ca = LocalCa.create(home, List.of("example.org"));
        var other = ca.issue(List.of("mail.example.com"));
        var check =
                new CertificateCheck(
                        other.chain(), none(), List.of(), List.of(ca.certificate()), now);
        assertEquals(List.of("PATH !"), codes(check));
    }

    @Test
    void everyFindingSaysWhatToDo() throws Exception {
        for (var each : check(List.of(server.certificate()), none(), "x.example.org").findings()) {
            assertFalse(each.remedy().isBlank(), each.code());
            assertFalse(each.sentence().contains("null"), each.sentence());
        }
    }

    private CertificateCheck at(Instant from, Instant to) throws Exception {
        return check(middle.server(Authority.ec(), from, to, NAME).chain());
    }

    private CertificateCheck check(List<X509Certificate> file) {
        return check(file, none());
    }

    private CertificateCheck check(
            List<X509Certificate> file, Optional<PrivateKey> key, String... names) {
        return new CertificateCheck(file, key, List.of(names), List.of(root.certificate()), now);
    }

    private static Optional<PrivateKey> none() {
        return Optional.empty();
    }

    private static List<X509Certificate> with(List<X509Certificate> file, X509Certificate more) {
        var all = new java.util.ArrayList<>(file);
        all.add(more);
        return all;
    }

    /** The codes, the grave with a mark. */
    private static List<String> codes(CertificateCheck check) throws PkiException {
        return check.findings().stream().map(f -> f.grave() ? f.code() + " !" : f.code()).toList();
    }
}
