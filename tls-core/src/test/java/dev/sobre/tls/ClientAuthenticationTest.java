package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.RevocationLists;
import dev.sobre.tls.wire.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which client certificates get in, by both engines and both versions. */
class ClientAuthenticationTest {
    private static final Identity SERVER = Identity.selfSigned("localhost");
    private static final String NAME = "CN=Clients of Example";
    private static ClientAuthority ca;
    private static ClientAuthority expired;
    private static ClientAuthority constrained;
    @TempDir Path home;

    @BeforeAll
    static void found() throws Exception {
        ca = ClientAuthority.root(NAME);
        expired = ClientAuthority.expired("CN=Of old");
        constrained = ClientAuthority.constrained("CN=Other", "other.example");
    }

    static Stream<Arguments> kinds() {
        return Stream.of(Engine.values())
                .flatMap(e -> Stream.of("TLSv1.3", "TLSv1.2").map(v -> Arguments.of(e, v)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aVerifiedClientIsHandedToTheService(Engine engine, String version) throws Exception {
        var ann = ca.below("CN=Staff").issue(ClientAuthority.wish("ann@example.org"));
        try (var server = server(engine)) {
            int port = listen(server, ClientAuthentication.required(trust()));
            assertEquals("word", talk(ann, port, version));
            TlsInfo info = server.secured();
            assertEquals(version, info.version());
            assertEquals(ann.chain(), info.peer());
            assertEquals(List.of("ann@example.org"), info.names());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noneIsNeededWhereOneIsOptional(Engine engine, String version) throws Exception {
        try (var server = server(engine)) {
            int port = listen(server, ClientAuthentication.optional(trust()));
            try (var socket = JdkPeer.trusting(SERVER).connect(port)) {
                socket.setEnabledProtocols(new String[] {version});
                assertEquals("word", JdkPeer.echoed(socket, "word"));
            }
            TlsInfo info = server.secured();
            assertEquals(List.of(), info.peer());
            assertEquals(List.of(), info.names());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneIsNeededWhereItIsRequired(Engine engine, String version) throws Exception {
        try (var server = server(engine)) {
            int port = listen(server, ClientAuthentication.required(trust()));
            IOException alert;
            try (var socket = JdkPeer.trusting(SERVER).connect(port)) {
                socket.setEnabledProtocols(new String[] {version});
                alert = assertThrows(IOException.class, () -> socket.getInputStream().read());
            }
            HandshakeFailure failure = server.failure();
            assertEquals(Code.CLIENT_CERTIFICATE_MISSING, failure.code(), failure.words());
            // RFC 8446 §4.4.2.4; RFC 5246 §7.4.6
            boolean three = version.equals("TLSv1.3");
            assertAlert(three ? Alert.CERTIFICATE_REQUIRED : Alert.HANDSHAKE_FAILURE, alert);
        }
    }

    /** What can be wrong with a certificate, what is said of it and which alert is sent. */
    enum Wrong {
        ISSUED_BY_A_STRANGER(Code.CLIENT_CERTIFICATE_UNTRUSTED, Alert.UNKNOWN_CA),
        ISSUED_BY_A_NAMESAKE(Code.CLIENT_CERTIFICATE_UNTRUSTED, Alert.UNKNOWN_CA),
        TOO_DEEP(Code.CLIENT_CERTIFICATE_UNTRUSTED, Alert.UNKNOWN_CA),
        INTERMEDIATE_NOT_SENT(Code.CLIENT_CERTIFICATE_UNTRUSTED, Alert.UNKNOWN_CA),
        EXPIRED(Code.CLIENT_CERTIFICATE_EXPIRED, Alert.CERTIFICATE_EXPIRED),
        AUTHORITY_EXPIRED(Code.CLIENT_CERTIFICATE_EXPIRED, Alert.CERTIFICATE_EXPIRED),
        // RFC 8446 §6.2: “has expired or is not currently valid”
        NOT_YET_VALID(Code.CLIENT_CERTIFICATE_NOT_YET_VALID, Alert.CERTIFICATE_EXPIRED),
        FOR_SERVERS(Code.CLIENT_CERTIFICATE_UNUSABLE, Alert.UNSUPPORTED_CERTIFICATE),
        KEY_MAY_NOT_SIGN(Code.CLIENT_CERTIFICATE_UNUSABLE, Alert.UNSUPPORTED_CERTIFICATE),
        ISSUED_BY_A_CLIENT(Code.CLIENT_CERTIFICATE_UNUSABLE, Alert.UNSUPPORTED_CERTIFICATE),
        ADDRESS_OUT_OF_BOUNDS(Code.CLIENT_CERTIFICATE_INVALID, Alert.BAD_CERTIFICATE),
        NOT_ITS_OWN(Code.CLIENT_KEY_UNPROVEN, Alert.DECRYPT_ERROR);

        private final Code code;
        private final Alert alert;

        Wrong(Code code, Alert alert) {
            this.code = code;
            this.alert = alert;
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(Wrong.values())
                .flatMap(w -> kinds().map(k -> Arguments.of(k.get()[0], k.get()[1], w)));
    }

    private static KeyAndChain client(Wrong wrong) throws Exception {
        var wish = ClientAuthority.wish("ann@example.org");
        return switch (wrong) {
            case ISSUED_BY_A_STRANGER -> ClientAuthority.root("CN=Stranger").issue(wish);
            case ISSUED_BY_A_NAMESAKE -> ClientAuthority.root(NAME).issue(wish);
            case TOO_DEEP -> ca.below("CN=A").below("CN=B").below("CN=C").issue(wish);
            case INTERMEDIATE_NOT_SENT -> {
                var whole = ca.below("CN=A").issue(wish);
                yield new KeyAndChain(whole.key(), List.of(whole.certificate()));
            }
            case EXPIRED -> ca.issue(wish.valid(Duration.ofDays(-9), Duration.ofDays(-1)));
            case AUTHORITY_EXPIRED -> expired.issue(wish);
            case NOT_YET_VALID -> ca.issue(wish.valid(Duration.ofDays(1), Duration.ofDays(9)));
            case FOR_SERVERS -> ca.issue(wish.withPurposes(KeyPurposeId.id_kp_serverAuth));
            case KEY_MAY_NOT_SIGN -> ca.issue(wish.withUsage(KeyUsage.keyAgreement));
            case ISSUED_BY_A_CLIENT -> ca.client("ann@example.org").issue(wish);
            case ADDRESS_OUT_OF_BOUNDS -> constrained.issue(wish);
            case NOT_ITS_OWN -> new KeyAndChain(ca.issue(wish).key(), ca.issue(wish).chain());
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongCertificateIsRefused(Engine engine, String version, Wrong wrong) throws Exception {
        var client = client(wrong);
        var authorities = Stream.of(ca, expired, constrained).map(ClientAuthority::certificate);
        try (var server = server(engine)) {
            var trust = ClientTrust.of(authorities.toList());
            int port = listen(server, ClientAuthentication.optional(trust));
            assertAlert(alert(engine, version, wrong), refused(client, port, version));
            HandshakeFailure failure = server.failure();
            assertEquals(wrong.code, failure.code(), failure.words());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void revocation(Engine engine, String version) throws Exception {
        var ann = ca.issue(ClientAuthority.wish("ann@example.org"));
        var bob = ca.issue(ClientAuthority.wish("bob@example.org"));
        Path file = ca.revoke(home.resolve("crl"), Duration.ofDays(1), bob.certificate());
        var lists = RevocationLists.load(List.of(file));
        try (var server = server(engine)) {
            int port = listen(server, ClientAuthentication.optional(trust().withRevoked(lists)));
            assertEquals("word", talk(ann, port, version));
            var alert =
                    engine == Engine.JDK ? Alert.CERTIFICATE_UNKNOWN : Alert.CERTIFICATE_REVOKED;
            assertAlert(alert, refused(bob, port, version));
            HandshakeFailure failure = server.failure();
            assertEquals(Code.CLIENT_CERTIFICATE_REVOKED, failure.code(), failure.words());
            ca.revoke(file, Duration.ofDays(1), ann.certificate(), bob.certificate());
            lists.refresh();
            assertAlert(alert, refused(ann, port, version));
        }
    }

    /** Lesson 17. */
    @ParameterizedTest
    @MethodSource("kinds")
    void nothingIsResumed(Engine engine, String version) throws Exception {
        var ann = ca.issue(ClientAuthority.wish("ann@example.org"));
        try (var server = server(engine)) {
            int free = listen(server, ClientAuthentication.none());
            int asking = listen(server, ClientAuthentication.optional(trust()));
            var peer = JdkPeer.showing(ann, SERVER.certificate());
            for (int i = 0; i < 3; i++) {
                assertFalse(resumed(peer, asking, version, server), "with its certificate");
            }
            var nobody = JdkPeer.trusting(SERVER);
            assertFalse(resumed(nobody, asking, version, server));
            assertFalse(resumed(nobody, asking, version, server), "without a certificate");
            resumed(nobody, free, version, server);
            assertTrue(resumed(nobody, free, version, server), "where nobody is asked");
        }
    }

    private static boolean resumed(JdkPeer peer, int port, String version, Echo server)
            throws Exception {
        try (var socket = peer.connect(port)) {
            socket.setEnabledProtocols(new String[] {version});
            assertEquals("word", JdkPeer.echoed(socket, "word"));
        }
        return server.secured().resumed();
    }

    @Test
    void whereThereAreListsEachIssuerNeedsACurrentOne() throws Exception {
        var staff = ca.below("CN=Staff");
        var ann = staff.issue(ClientAuthority.wish("ann@example.org"));
        var root = ca.revoke(home.resolve("root.crl"), Duration.ofDays(1));
        assertEquals(Code.CLIENT_REVOCATION_UNKNOWN, refusal(ann, root)); // none of Staff
        var old = staff.revoke(home.resolve("old.crl"), Duration.ofHours(-1));
        assertEquals(Code.CLIENT_REVOCATION_UNKNOWN, refusal(ann, root, old));
        var list = staff.revoke(home.resolve("staff.crl"), Duration.ofDays(1));
        assertEquals(ann.chain(), path(ann, root, list));
        var gone = ca.revoke(home.resolve("gone.crl"), Duration.ofDays(1), staff.certificate());
        assertEquals(Code.CLIENT_CERTIFICATE_REVOKED, refusal(ann, gone, list));
    }

    @Test
    void aBrokenListKeepsTheOldOne() throws Exception {
        var ann = ca.issue(ClientAuthority.wish("ann@example.org"));
        Path file = ca.revoke(home.resolve("crl"), Duration.ofDays(1), ann.certificate());
        var lists = RevocationLists.load(List.of(file));
        Files.writeString(file, "-----BEGIN X509 CRL-----");
        lists.refresh();
        var standing = lists.standing(ann.certificate(), ca.certificate(), Instant.now());
        assertInstanceOf(RevocationLists.Standing.Revoked.class, standing);
    }

    /** A builder that goes back would try every order of these. */
    @Test
    void aChainOfLookAlikesCostsLittle() throws Exception {
        var chain = new ArrayList<X509Certificate>();
        var loop = ClientAuthority.root("CN=Loop");
        var leaf = loop.issue(ClientAuthority.wish("ann@example.org"));
        chain.add(leaf.certificate());
        for (int i = 0; i < 9; i++) chain.add(loop.again());
        assertEquals(
                Code.CLIENT_CERTIFICATE_UNTRUSTED, refusal(new KeyAndChain(leaf.key(), chain)));
        chain.add(loop.again());
        assertEquals(Code.CLIENT_CERTIFICATE_INVALID, refusal(new KeyAndChain(leaf.key(), chain)));
    }

    @Test
    void whatASessionIsToldOfAClientIsThePathAlone() throws Exception {
        var ann = ca.below("CN=Staff").issue(ClientAuthority.wish("ann@example.org"));
        var sent = new ArrayList<>(ann.chain());
        sent.add(ClientAuthority.root("CN=Passenger").certificate());
        sent.add(ca.certificate());
        assertEquals(ann.chain(), path(new KeyAndChain(ann.key(), sent)));
    }

    private Code refusal(KeyAndChain client, Path... lists) {
        return assertThrows(ClientRefused.class, () -> path(client, lists)).code;
    }

    private static List<X509Certificate> path(KeyAndChain client, Path... lists) throws Exception {
        var trust =
                lists.length == 0
                        ? trust()
                        : trust().withRevoked(RevocationLists.load(List.of(lists)));
        var sent = client.chain().toArray(X509Certificate[]::new);
        return new ClientCheck(trust, Instant.now()).path(sent);
    }

    private static ClientTrust trust() {
        return ClientTrust.of(List.of(ca.certificate()));
    }

    private static Echo server(Engine engine) {
        return new Echo(TlsSettings.of(SERVER).withEngine(engine));
    }

    private static int listen(Echo server, ClientAuthentication clients) {
        return server.listen(s -> s.withClients(clients));
    }

    private static String talk(KeyAndChain own, int port, String version) throws Exception {
        try (var socket = JdkPeer.showing(own, SERVER.certificate()).connect(port)) {
            socket.setEnabledProtocols(new String[] {version});
            return JdkPeer.echoed(socket, "word");
        }
    }

    /** Shakes hands and says nothing, so that nothing stands in the way of the alert. */
    private static IOException refused(KeyAndChain own, int port, String version) throws Exception {
        try (var socket = JdkPeer.showing(own, SERVER.certificate()).connect(port)) {
            socket.setEnabledProtocols(new String[] {version});
            return assertThrows(IOException.class, () -> socket.getInputStream().read());
        }
    }

    private static Alert alert(Engine engine, String version, Wrong wrong) {
        boolean unproven = wrong == Wrong.NOT_ITS_OWN;
        if (engine == Engine.JDK) {
            // It has one alert for all that is wrong with a client's certificate.
            return unproven ? Alert.HANDSHAKE_FAILURE : Alert.CERTIFICATE_UNKNOWN;
        }
        // BoringSSL looks at this for itself, before it asks us.
        boolean itself = wrong == Wrong.KEY_MAY_NOT_SIGN && version.equals("TLSv1.3");
        return itself ? Alert.ILLEGAL_PARAMETER : wrong.alert;
    }

    private static void assertAlert(Alert expected, IOException got) {
        String message = String.valueOf(got.getMessage());
        assertTrue(message.contains(expected.wireName()), expected + ": " + message);
    }
}
