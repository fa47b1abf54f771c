package dev.sobre.tls.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen in files of every kind that OpenSSL writes. */
class ContentsTest {
    @TempDir Path home;
    private Openssl openssl;

    @BeforeEach
    void make() throws Exception {
        openssl = new Openssl(home);
        openssl.run(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -subj /CN=a");
        openssl.run("req -new -key key.pem -out request.pem -subj /CN=a");
        openssl.run("ec -in key.pem -out sec1.pem");
        openssl.run("pkcs8 -topk8 -in key.pem -out locked.pem -passout pass:green");
        Files.createFile(home.resolve("index.txt"));
        Files.writeString(
                home.resolve("ca.cnf"),
                "[ca]\ndefault_ca=x\n[x]\ndatabase=index.txt\ndefault_md=sha256\n");
        openssl.run(
                "ca -gencrl -config ca.cnf -cert cert.pem -keyfile key.pem -crldays 9 -out crl.pem");
    }

    @Test
    void seesEachKindInPemAndDer() throws Exception {
        openssl.run("x509 -in cert.pem -outform DER -out cert.der");
        openssl.run("pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out key.der");
        openssl.run("ec -in key.pem -outform DER -out sec1.der");
        openssl.run("pkcs8 -topk8 -in key.pem -outform DER -out locked.der -passout pass:green");
        openssl.run("req -in request.pem -outform DER -out request.der");
        openssl.run("crl -in crl.pem -outform DER -out crl.der");
        openssl.run("genrsa -traditional -out rsa.pem 2048");
        openssl.run("rsa -in rsa.pem -traditional -outform DER -out rsa.der");
        for (String kind : List.of("cert", "key", "sec1", "locked", "request", "crl", "rsa")) {
            var pem = shown(kind + ".pem");
            assertEquals(pem, shown(kind + ".der"));
            assertEquals(1, pem.size(), pem.toString());
            assertFalse(pem.getFirst().contains("Other"), pem.toString());
        }
    }

    /** What reads a key for a server reads DER as well. */
    @Test
    void servesFromDer() throws Exception {
        openssl.run("x509 -in cert.pem -outform DER -out cert.der");
        openssl.run("pkey -in key.pem -outform DER -out key.der");
        var read = PemFiles.read(home.resolve("cert.der"), home.resolve("key.der"));
        assertEquals(
                PemFiles.read(home.resolve("cert.pem"), home.resolve("key.pem")).chain(),
                read.chain());
    }

    @Test
    void seesWhatIsInPkcs12() throws Exception {
        openssl.run("pkcs12 -export -in cert.pem -inkey key.pem -out all.p12 -passout pass:green");
        assertTrue(Contents.sealed(home.resolve("all.p12")));
        assertFalse(Contents.sealed(home.resolve("cert.pem")));
        var items = Contents.of(home.resolve("all.p12"), Optional.of(Passphrase.of("green")));
        assertEquals(2, items.size());
        assertTrue(items.getFirst() instanceof PemItem.Key, items.toString());
        assertTrue(items.getLast() instanceof PemItem.Certificate, items.toString());
        for (var wrong : List.of(Optional.<Passphrase>empty(), Optional.of(Passphrase.of("red")))) {
            assertThrows(PkiException.class, () -> Contents.of(home.resolve("all.p12"), wrong));
        }
    }

    @Test
    void opensALockedKeyOnlyIfItCan() throws Exception {
        var shut =
                (PemItem.Key) Contents.of(home.resolve("locked.pem"), Optional.empty()).getFirst();
        assertTrue(shut.locked() && shut.half().isEmpty());
        var open =
                (PemItem.Key)
                        Contents.of(home.resolve("locked.pem"), Optional.of(Passphrase.of("green")))
                                .getFirst();
        assertEquals(
                PemFiles.certificates(home.resolve("cert.pem")).getFirst().getPublicKey(),
                open.half().orElseThrow());
    }

    /** Any octet of any file may be wrong: an error in words, never another exception. */
    @Test
    void saysWhenAFileIsDamaged() throws Exception {
        openssl.run("pkcs12 -export -in cert.pem -inkey key.pem -out all.p12 -passout pass:green");
        openssl.run("ec -in key.pem -aes256 -out dek.pem -passout pass:green");
        var random = new SplittableRandom(7);
        int refused = 0;
        for (String kind :
                List.of(
                        "cert.pem",
                        "sec1.pem",
                        "locked.pem",
                        "dek.pem",
                        "request.pem",
                        "crl.pem",
                        "all.p12")) {
            byte[] whole = Files.readAllBytes(home.resolve(kind));
            for (var block : PemReader.blocks(whole)) {
                for (int i = 0; i < 60; i++) {
                    byte[] bad = block.octets().clone();
                    bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                    refused +=
                            refuses(
                                    new PemBlock(block.label(), block.headers(), bad)
                                            .text()
                                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    refused += refuses(bad);
                }
            }
            for (int i = 0; i < 20; i++) {
                byte[] bad = whole.clone();
                bad[random.nextInt(Math.min(bad.length, 60))] ^= (byte) (1 << random.nextInt(8));
                refused += refuses(bad);
            }
        }
        assertTrue(refused > 200, refused + " were refused");
    }

    private int refuses(byte[] file) throws Exception {
        Path path = Files.write(home.resolve("damaged"), file);
        try {
            Contents.of(path, Optional.of(Passphrase.of("green")));
            return 0;
        } catch (PkiException e) {
            return 1;
        }
    }

    private List<String> shown(String file) throws Exception {
        return Contents.of(home.resolve(file), Optional.of(Passphrase.of("green"))).stream()
                .map(ContentsTest::shown)
                .toList();
    }

    private static String shown(PemItem item) {
        return switch (item) {
            case PemItem.Certificate it -> "certificate " + it.certificate().getSerialNumber();
            case PemItem.Request it -> "request " + it.request().subject();
            case PemItem.Key it -> it.form() + it.locked() + it.half();
            case PemItem.RevocationList it -> "list " + it.list().getIssuerX500Principal();
            case PemItem.Other it -> "Other " + it.label();
        };
    }
}
