package dev.sobre.tls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.RevocationLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may vouch for clients follows the files that say so. Lesson 15. */
class ClientAuthoritiesTest {
    private static final Identity SERVER = Identity.selfSigned("localhost");
    private static ClientAuthority before;
    private static ClientAuthority after;
    private static KeyAndChain ann;
    private static KeyAndChain bob;

    @TempDir Path home;
    private Path file;

    @BeforeAll
    static void found() throws Exception {
        before = ClientAuthority.root("CN=Of before");
        after = ClientAuthority.root("CN=Of after");
        ann = before.issue(ClientAuthority.wish("ann@example.org"));
        bob = after.issue(ClientAuthority.wish("bob@example.org"));
    }

    @BeforeEach
    void write() throws Exception {
        file = ClientAuthority.pem(home.resolve("clients.pem"), before.certificate());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theNextHandshakeHasTheNewOnes(Engine engine) throws Exception {
        var trust = ClientTrust.of(ClientAuthorities.in(List.of(file)));
        try (var server = new Echo(TlsSettings.of(SERVER).withEngine(engine))) {
            int port = server.listen(s -> s.withClients(ClientAuthentication.required(trust)));
            assertTrue(getsIn(ann, port));
            assertFalse(getsIn(bob, port));
            assertEquals(Code.CLIENT_CERTIFICATE_UNTRUSTED, server.failure().code());
            try (var open = JdkPeer.showing(ann, SERVER.certificate()).connect(port)) {
                assertEquals("word", JdkPeer.echoed(open, "word"));
                replace(after);
                trust.refresh();
                assertFalse(getsIn(ann, port));
                assertEquals(Code.CLIENT_CERTIFICATE_UNTRUSTED, server.failure().code());
                assertTrue(getsIn(bob, port));
                assertEquals("lives on", JdkPeer.echoed(open, "lives on"));
            }
            String said = OpenSslPeer.talk(port, "-tls1_2"); // refused, after it has been asked
            assertTrue(said.contains("Of after"), said);
            assertFalse(said.contains("Of before"), said);
        }
    }

    @Test
    void aBrokenFileKeepsThoseOfBefore() throws Exception {
        var authorities = ClientAuthorities.in(List.of(file));
        for (String broken :
                List.of("", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            Files.writeString(file, broken);
            authorities.refresh();
            assertEquals(List.of(before.certificate()), authorities.now());
        }
        ClientAuthority.pem(file, ann.certificate()); // is no authority
        authorities.refresh();
        assertEquals(List.of(before.certificate()), authorities.now());
        Files.delete(file);
        authorities.refresh();
        assertEquals(List.of(before.certificate()), authorities.now());
        replace(after);
        authorities.refresh();
        assertEquals(List.of(after.certificate()), authorities.now());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        var missing = assertThrows(PkiException.class, () -> load("none.pem"));
        assertTrue(String.valueOf(missing.getMessage()).contains("none.pem"));
    }

    /** Within ten seconds, without anybody's help. */
    @Test
    void aRunningListenerLooksByItself() throws Exception {
        Path lists = before.revoke(home.resolve("clients.crl"), Duration.ofHours(1));
        after.revoke(home.resolve("after.crl"), Duration.ofHours(1));
        var revoked = RevocationLists.load(List.of(lists, home.resolve("after.crl")));
        var trust = ClientTrust.of(ClientAuthorities.in(List.of(file))).withRevoked(revoked);
        try (var server = Echo.of(SERVER)) {
            int port = server.listen(s -> s.withClients(ClientAuthentication.required(trust)));
            assertTrue(getsIn(ann, port));
            assertFalse(getsIn(bob, port));
            before.revoke(lists, Duration.ofHours(1), ann.certificate());
            ClientAuthority.pem(file, before.certificate(), after.certificate());
            await().atMost(Duration.ofMinutes(1)).until(() -> getsIn(bob, port));
            await().atMost(Duration.ofMinutes(1)).until(() -> !getsIn(ann, port));
        }
    }

    /** The JDK does not look at the dates of an anchor that is no root. */
    @Test
    void anIntermediateThatHasExpiredVouchesForNobody() throws Exception {
        var old = before.expiredBelow("CN=Old staff");
        var cat = old.issue(ClientAuthority.wish("cat@example.org"));
        var trust = ClientTrust.of(List.of(old.certificate()));
        var check = new ClientCheck(trust, Instant.now());
        var chain = cat.chain().toArray(X509Certificate[]::new);
        var refused = assertThrows(ClientRefused.class, () -> check.path(chain));
        assertEquals(Code.CLIENT_CERTIFICATE_EXPIRED, refused.code);
    }

    private void load(String name) throws PkiException {
        var _ = ClientAuthorities.in(List.of(home.resolve(name)));
    }

    /** As an administrator does: a new file in the place of the old one. */
    private void replace(ClientAuthority other) throws IOException {
        Path next = ClientAuthority.pem(home.resolve("next"), other.certificate());
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean getsIn(KeyAndChain own, int port) throws Exception {
        try (var socket = JdkPeer.showing(own, SERVER.certificate()).connect(port)) {
            return JdkPeer.echoed(socket, "word").equals("word");
        } catch (IOException refused) {
            return false;
        }
    }
}
