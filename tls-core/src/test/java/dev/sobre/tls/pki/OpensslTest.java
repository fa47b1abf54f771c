package dev.sobre.tls.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is made here as {@code openssl} reads it, and the other way round. */
class OpensslTest {
    private static final Optional<Passphrase> GREEN = Optional.of(Passphrase.of("grün"));

    /** Locked as the others are, and the locking takes long. */
    private static final Set<KeyKind> LIKE_OTHERS =
            Set.of(KeyKind.P384, KeyKind.RSA_3072, KeyKind.ED25519);

    @TempDir Path home;
    private Openssl openssl;

    @BeforeEach
    void open() throws Exception {
        openssl = new Openssl(home);
        Files.writeString(home.resolve("pass"), "grün\n");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RSA_4096") // takes long to make
    void readsOurKeys(KeyKind kind) throws Exception {
        var key = kind.make();
        for (var form : KeyForm.values()) {
            if (form == KeyForm.TRADITIONAL && kind == KeyKind.ED25519) continue;
            for (var passphrase : List.of(Optional.<Passphrase>empty(), GREEN)) {
                if (passphrase.isPresent() && LIKE_OTHERS.contains(kind)) continue;
                PemFiles.writeKey(at("key.pem"), key, form, passphrase);
                openssl.run("pkey -in key.pem -passin file:pass -check -noout");
                openssl.run("pkey -in key.pem -passin file:pass -out again.pem");
                var own = Keys.publicOf(key);
                assertEquals(own, Keys.publicOf(PemFiles.key(at("again.pem"))));
                assertEquals(own, Keys.publicOf(PemFiles.key(at("key.pem"), GREEN)));
                assertEquals(passphrase.isPresent(), PemFiles.locked(at("key.pem")));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "P256, ecdsa-with-SHA256",
        "P384, ecdsa-with-SHA384",
        "RSA_2048, sha256With",
        "ED25519, ED25519"
    })
    void readsOurRequests(KeyKind kind, String signature) throws Exception {
        var names =
                List.of(
                        "mail.example.org",
                        "*.example.org",
                        "192.0.2.7",
                        "2001:db8::7",
                        "Bücher.example");
        var request =
                SigningRequest.of(
                        kind.make(), names, Optional.of("CN=mail.example.org,O=Würste & Co,C=DE"));
        request.write(at("request.pem"));
        String said = openssl.run("req -in request.pem -verify -noout -text -nameopt utf8");
        assertTrue(said.contains("C=DE, O=Würste & Co, CN=mail.example.org"), said);
        assertTrue(
                said.contains("DNS:mail.example.org, DNS:*.example.org, IP Address:192.0.2.7"),
                said);
        assertTrue(said.contains("DNS:xn--bcher-kva.example"), said);
        assertTrue(said.contains(signature), said);
    }

    /** The recipe that is in every old guide. */
    @Test
    void readsItsRequests() throws Exception {
        openssl.run("genrsa -aes256 -passout file:pass -out key.pem 2048");
        openssl.run(
                "req -new -key key.pem -passin file:pass -out request.pem -subj"
                        + " /C=DE/O=Example/CN=mail.example.org -addext"
                        + " subjectAltName=DNS:mail.example.org,IP:192.0.2.7,email:a@example.org");
        var request = SigningRequest.read(at("request.pem"));
        assertEquals("CN=mail.example.org,O=Example,C=DE", request.subject());
        assertEquals(List.of("mail.example.org", "192.0.2.7"), request.names());
        assertEquals(Keys.publicOf(PemFiles.key(at("key.pem"), GREEN)), request.key());
        assertThrows(PkiException.class, () -> SigningRequest.read(at("key.pem")));
    }

    @Test
    void refusesARequestThatWasTamperedWith() throws Exception {
        var request =
                SigningRequest.of(KeyKind.P256.make(), List.of("a.example.org"), Optional.empty());
        byte[] der =
                PemReader.blocks(request.pem().getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .getFirst()
                        .octets();
        int at =
                new String(der, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .lastIndexOf("a.example");
        der[at] = 'b';
        Files.writeString(at("request.pem"), PemBlock.of("CERTIFICATE REQUEST", der).text());
        var bad = assertThrows(PkiException.class, () -> SigningRequest.read(at("request.pem")));
        assertTrue(bad.toString().contains("its own key did not sign"), bad.toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384", "RSA_2048", "ED25519"})
    void verifiesOurSelfSigned(KeyKind kind) throws Exception {
        var made =
                SelfSigned.of(
                        List.of("mail.example.org", "192.0.2.7"),
                        kind.make(),
                        Optional.empty(),
                        Duration.ofDays(1095));
        PemFiles.writeChain(at("cert.pem"), made.chain());
        openssl.run(
                "verify -x509_strict -CAfile cert.pem -verify_hostname mail.example.org cert.pem");
        openssl.run(
                "verify -x509_strict -CAfile cert.pem -verify_ip 192.0.2.7 -purpose sslserver cert.pem");
        openssl.run("x509 -in cert.pem -noout -checkend " + Duration.ofDays(1094).toSeconds());
        var answer =
                openssl.tryRun(
                        "x509 -in cert.pem -noout -checkend " + Duration.ofDays(1095).toSeconds());
        assertEquals(1, answer.code(), answer.text());
    }

    @Test
    void readsItsSelfSigned() throws Exception {
        openssl.run(
                "req -new -x509 -days 1095 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem"
                        + " -subj /CN=mail.example.org -addext subjectAltName=DNS:mail.example.org");
        var read = PemFiles.read(at("cert.pem"), at("key.pem"));
        var facts = CertificateFacts.of(read.certificate(), java.time.Instant.now());
        assertEquals(List.of("mail.example.org"), facts.names());
        assertEquals("RSA 2048", facts.key());
        assertEquals(1094, facts.daysLeft());
        String theirs = openssl.run("x509 -in cert.pem -noout -fingerprint -sha256");
        assertTrue(theirs.contains(facts.fingerprint()), theirs);
    }

    /** Our authority grants openssl's request; openssl checks what comes of it, also renewed. */
    @Test
    void verifiesWhatOurAuthorityIssues() throws Exception {
        var ca = LocalCa.create(home, List.of("example.org"), GREEN);
        openssl.run(
                "req -new -newkey rsa:2048 -nodes -keyout key.pem -out request.pem -subj"
                        + " /CN=mail.example.org -addext subjectAltName=DNS:mail.example.org");
        var made = ca.issue(SigningRequest.read(at("request.pem")));
        assertEquals(made.getPublicKey(), ca.renew(made).getPublicKey());
        for (var each : List.of(made, LocalCa.load(home, GREEN).renew(made))) {
            PemFiles.writeChain(at("cert.pem"), List.of(each));
            openssl.run(
                    "verify -x509_strict -CAfile ca.pem -verify_hostname mail.example.org"
                            + " -purpose sslserver cert.pem");
        }
        assertThrows(PkiException.class, () -> LocalCa.load(home));
        var other = SelfSigned.of(List.of("mail.example.org")).certificate();
        assertThrows(PkiException.class, () -> ca.renew(other));
    }

    /** What an authority sends: everything in one file, whatever happened to it on the way. */
    @Test
    void putsAChainInOrder() throws Exception {
        openssl.run(
                "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=root");
        Files.writeString(
                at("ca.ext"), "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n");
        Files.writeString(at("leaf.ext"), "subjectAltName=DNS:mail.example.org\n");
        openssl.run(
                "req -new -newkey rsa:2048 -nodes -keyout middle.key -out middle.csr -subj /CN=middle");
        openssl.run(
                "x509 -req -in middle.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile ca.ext -out middle.pem");
        openssl.run(
                "req -new -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN=leaf");
        openssl.run(
                "x509 -req -in leaf.csr -CA middle.pem -CAkey middle.key -CAcreateserial -extfile leaf.ext -text -out leaf.pem");
        String root = Files.readString(at("root.pem"));
        String middle = Files.readString(at("middle.pem"));
        String leaf = Files.readString(at("leaf.pem"));
        for (String text :
                List.of(
                        leaf + middle + root,
                        root + middle + leaf,
                        "\uFEFFGrüße von der CA\n" + middle + root + leaf,
                        (leaf + root + middle).replace("\n", "\r\n"),
                        (middle + leaf).replace("\n", "  \r"))) {
            Files.writeString(at("chain.pem"), text);
            var read = PemFiles.read(at("chain.pem"), at("leaf.key"));
            assertEquals(
                    List.of("CN=leaf", "CN=middle"),
                    read.chain().stream().map(c -> c.getSubjectX500Principal().getName()).toList());
        }
        Files.writeString(at("chain.pem"), middle + root);
        var bad =
                assertThrows(
                        PkiException.class, () -> PemFiles.read(at("chain.pem"), at("leaf.key")));
        assertTrue(bad.toString().contains("belongs to no certificate of"), bad.toString());
    }

    private Path at(String name) {
        return home.resolve(name);
    }
}
