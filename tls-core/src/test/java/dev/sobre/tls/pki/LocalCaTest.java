package dev.sobre.tls.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The home's own authority, as the JDK and OpenSSL see it. */
class LocalCaTest {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    @TempDir Path home;

    @Test
    void vouchesForItsNames() throws Exception {
        var ca = LocalCa.create(home, List.of("example.org", "localhost"));
        var leaf = ca.issue(List.of("mail.example.org", "localhost", "127.0.0.1", "::1"));
        check(ca, leaf.certificate());
        assertTrue(openssl(leaf, "mail.example.org").startsWith("0 "));
        assertEquals(
                List.of("mail.example.org", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"),
                Names.of(leaf.certificate()));
        assertTrue(Names.match(leaf.certificate(), "::1"));
    }

    @Test
    void cannotVouchForOthers() throws Exception {
        var ca = LocalCa.create(home, List.of("example.org"));
        for (String name : List.of("example.com", "notexample.org", "192.0.2.1", "2001:db8::1")) {
            var leaf = ca.issue(List.of(name));
            assertThrows(
                    CertPathValidatorException.class, () -> check(ca, leaf.certificate()), name);
            String said = openssl(leaf, name);
            assertFalse(said.startsWith("0 "), said);
        }
    }

    @Test
    void theAuthorityIsConstrained() throws Exception {
        X509Certificate ca = LocalCa.create(home, List.of("example.org")).certificate();
        assertEquals(0, ca.getBasicConstraints()); // pathLen
        assertTrue(ca.getCriticalExtensionOIDs().contains(NAME_CONSTRAINTS));
        boolean[] usage = ca.getKeyUsage();
        assertTrue(usage[5] && usage[6]); // keyCertSign, cRLSign
        assertFalse(usage[0]);
    }

    @Test
    void aServersCertificateIsShortLivedAndForServersOnly() throws Exception {
        var leaf = LocalCa.create(home, List.of("example.org")).issue(List.of("example.org"));
        X509Certificate own = leaf.certificate();
        var life = Duration.between(own.getNotBefore().toInstant(), own.getNotAfter().toInstant());
        assertTrue(life.compareTo(Duration.ofDays(397)) <= 0);
        assertEquals(-1, own.getBasicConstraints());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), own.getExtendedKeyUsage());
        assertEquals("EC 256", CertificateFacts.of(own, own.getNotBefore().toInstant()).key());
        assertEquals(
                396,
                CertificateFacts.of(own, own.getNotBefore().toInstant().plusSeconds(1)).daysLeft());
    }

    @Test
    void keysAreTheOwnersAlone() throws Exception {
        LocalCa.create(home, List.of("example.org"));
        assertEquals("rw-------", permissions(home.resolve("ca.key")));
        assertEquals("rw-r--r--", permissions(home.resolve("ca.pem")));
        assertFalse(SafeFile.othersMayRead(home.resolve("ca.key")));
        assertTrue(SafeFile.othersMayRead(home.resolve("ca.pem")));
    }

    @Test
    void isFoundAgainAndNeverOverwritten() throws Exception {
        var ca = LocalCa.create(home, List.of("example.org"));
        var again = LocalCa.load(home);
        assertEquals(ca.certificate(), again.certificate());
        check(ca, again.issue(List.of("mail.example.org")).certificate());
        assertThrows(PkiException.class, () -> LocalCa.create(home, List.of("example.org")));
    }

    @Test
    void aWrittenPairIsReadBack() throws Exception {
        var leaf = SelfSigned.of(List.of("localhost"));
        Path chain = home.resolve("chain.pem");
        Path key = home.resolve("key.pem");
        PemFiles.write(chain, key, leaf);
        var read = PemFiles.read(chain, key);
        assertEquals(leaf.chain(), read.chain());
        assertEquals(leaf.key(), read.key());
        assertEquals("rw-------", permissions(key));
        var missing = assertThrows(PkiException.class, () -> PemFiles.key(chain));
        assertTrue(missing.toString().contains("no private key"), missing.toString());
    }

    /**
     * RFC 5280 §6: what a trust anchor's certificate says is not part of the check, so the anchor
     * is its name and key alone and its certificate lies on the path.
     */
    private static void check(LocalCa ca, X509Certificate leaf) throws GeneralSecurityException {
        X509Certificate own = ca.certificate();
        var anchor = new TrustAnchor(own.getSubjectX500Principal(), own.getPublicKey(), null);
        var parameters = new PKIXParameters(Set.of(anchor));
        parameters.setRevocationEnabled(false);
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf, own));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    private String openssl(KeyAndChain leaf, String name) throws Exception {
        PemFiles.write(home.resolve("leaf.pem"), home.resolve("leaf.key"), leaf);
        String kind = SubjectNames.isAddress(name) ? "-verify_ip " : "-verify_hostname ";
        var answer =
                new Openssl(home)
                        .tryRun(
                                "verify -x509_strict -CAfile ca.pem -purpose sslserver "
                                        + kind
                                        + name
                                        + " leaf.pem");
        return answer.code() + " " + answer.text();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
