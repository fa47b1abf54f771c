package dev.sobre.tls.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading what OpenSSL and certificate authorities write, and what people do to it. */
class PemFilesTest {
    private static final Optional<Passphrase> RIGHT = Optional.of(Passphrase.of("grün und blau"));

    @TempDir Path home;
    private Openssl openssl;

    @BeforeEach
    void open() throws Exception {
        openssl = new Openssl(home);
        Files.writeString(home.resolve("pass"), "grün und blau\nnot this\n");
    }

    /** Each form of a key that OpenSSL writes, made of one key of each kind. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RSA     | genrsa -out key.pem 2048",
                "RSA     | genrsa -traditional -out key.pem 2048",
                "RSA     | genrsa -aes256 -passout file:pass -out key.pem 2048",
                "RSA     | genrsa -aes128 -traditional -passout file:pass -out key.pem 2048",
                "RSA     | genrsa -des3 -traditional -passout file:pass -out key.pem 2048",
                "EC      | ecparam -name prime256v1 -genkey -out key.pem",
                "EC      | ecparam -name secp384r1 -genkey -noout -out key.pem",
                "EC      | genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
                "EC      | genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -aes-192-cbc"
                        + " -pass file:pass -out key.pem",
                "EdDSA   | genpkey -algorithm ED25519 -out key.pem",
                "EdDSA   | genpkey -algorithm ED25519 -aes256 -pass file:pass -out key.pem",
                "RSASSA-PSS | genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out key.pem",
            })
    void readsEachKindOfKey(String kind, String how) throws Exception {
        openssl.run(how);
        Path file = home.resolve("key.pem");
        var key = PemFiles.key(file, RIGHT);
        assertEquals(kind, key.getAlgorithm());
        assertEquals(how.contains("file:pass"), PemFiles.locked(file));
        assertEquals(opensslPublic(), publicPem(Keys.publicOf(key)));
    }

    /** The ways of locking one PKCS#8 key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-v2 aes-128-cbc",
                "-v2 aes-256-cbc -v2prf hmacWithSHA1",
                "-v2 aes-256-cbc -v2prf hmacWithSHA512 -iter 100000",
                "-v2 des3",
                "-scrypt",
                "-scrypt -scrypt_N 8192 -scrypt_r 8 -scrypt_p 2",
                "-v1 PBE-SHA1-3DES",
            })
    void readsEachLock(String lock) throws Exception {
        openssl.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
        Files.writeString(home.resolve("ascii"), "green\n");
        openssl.run("pkcs8 -topk8 -in key.pem -out locked.pem -passout file:ascii " + lock);
        var green = Optional.of(Passphrase.read(home.resolve("ascii")));
        assertEquals(
                PemFiles.key(home.resolve("key.pem")),
                PemFiles.key(home.resolve("locked.pem"), green));
        assertSays("the passphrase does not open its key", "locked.pem", RIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec -aes256", "ec -des3", "pkey -aes256"})
    void tellsAWrongPassphraseFromAMissingOne(String lock) throws Exception {
        openssl.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out plain.pem");
        openssl.run(lock + " -in plain.pem -passout file:pass -out key.pem");
        assertSays("is locked with a passphrase, and none was given", "key.pem", Optional.empty());
        // One wrong passphrase in 256 leaves a padding that looks right.
        int tries = lock.startsWith("ec") ? 2000 : 5;
        for (int i = 0; i < tries; i++) {
            assertSays("passphrase does not open", "key.pem", Optional.of(Passphrase.of("w" + i)));
        }
    }

    @Test
    void saysWhatAFileIsInsteadOfAKey() throws Exception {
        openssl.run("req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=x");
        openssl.run("x509 -in cert.pem -outform DER -out cert.der");
        Files.writeString(
                home.resolve("ssh.pem"), PemBlock.of("OPENSSH PRIVATE KEY", new byte[9]).text());
        Files.writeString(
                home.resolve("dsa.pem"), PemBlock.of("DSA PRIVATE KEY", new byte[] {5, 0}).text());
        Files.writeString(
                home.resolve("odd.pem"), PemBlock.of("PRIVATE KEY", new byte[] {5, 0}).text());
        Files.writeString(home.resolve("text"), "nothing of interest\n");
        Files.write(home.resolve("wide.pem"), "-----BEGIN".getBytes(StandardCharsets.UTF_16));
        Files.createFile(home.resolve("empty"));
        Files.createDirectory(home.resolve("directory"));
        Files.write(home.resolve("huge"), new byte[(1 << 20) + 1]);
        var none = Optional.<Passphrase>empty();
        assertSays("cert.pem: holds no private key, only: CERTIFICATE", "cert.pem", none);
        assertSays("holds no private key, only: CERTIFICATE", "cert.der", none);
        assertSays("ssh-keygen -p -m PKCS8", "ssh.pem", none);
        assertSays("DSA", "dsa.pem", none);
        assertSays("its key is damaged", "odd.pem", none);
        assertSays("is neither PEM", "text", none);
        assertSays("UTF-16", "wide.pem", none);
        assertSays("is empty", "empty", none);
        assertSays("it is a directory", "directory", none);
        assertSays("there is no such file", "missing", none);
        assertSays("larger than 1 MiB", "huge", none);
        var wrong =
                assertThrows(
                        PkiException.class, () -> PemFiles.certificates(home.resolve("key.pem")));
        assertTrue(
                wrong.toString().contains("holds no certificate, only: PRIVATE KEY"),
                wrong.toString());
    }

    @Test
    void saysWhereABlockIsDamaged() throws Exception {
        String whole = PemFiles.text(SelfSigned.of(List.of("localhost")).chain());
        Path file = home.resolve("chain.pem");
        Files.writeString(file, "text\n" + whole.substring(0, 300));
        assertBad("begins in line 2 has no line -----END CERTIFICATE-----", file);
        Files.writeString(file, whole.substring(0, 300) + "\n" + whole);
        assertBad("two were glued together", file);
        Files.writeString(file, whole.replaceFirst("\nMII", "\nM!!"));
        assertBad("is not base64", file);
        byte[] der = SelfSigned.of(List.of("localhost")).certificate().getEncoded();
        Files.writeString(
                file, PemBlock.of("CERTIFICATE", java.util.Arrays.copyOf(der, 99)).text());
        assertBad("damaged certificate", file);
    }

    /** A lock may ask for any amount of memory and time; what is too much is refused at once. */
    @ParameterizedTest
    @CsvSource({"1073741824, 8, 1", "16384, 1024, 1", "16384, 8, 100000", "2147483648, 1, 1"})
    void refusesALockThatTakesForever(long cost, int block, int lanes) throws Exception {
        var scheme =
                new PBES2Parameters(
                        new KeyDerivationFunc(
                                MiscObjectIdentifiers.id_scrypt,
                                new ScryptParams(
                                        new byte[8],
                                        java.math.BigInteger.valueOf(cost),
                                        java.math.BigInteger.valueOf(block),
                                        java.math.BigInteger.valueOf(lanes),
                                        null)),
                        new EncryptionScheme(
                                NISTObjectIdentifiers.id_aes256_CBC,
                                new DEROctetString(new byte[16])));
        var locked =
                new EncryptedPrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, scheme),
                        new byte[64]);
        Files.writeString(
                home.resolve("key.pem"),
                PemBlock.of("ENCRYPTED PRIVATE KEY", locked.getEncoded()).text());
        assertSays("more work than this program will do", "key.pem", RIGHT);
    }

    @Test
    void readsAPassphraseFromTheFirstLine() throws Exception {
        Path file = home.resolve("passphrase");
        for (String text : List.of("grün und blau", "grün und blau\n", "grün und blau\r\nx\n")) {
            Files.writeString(file, text);
            assertEquals(
                    "grün und blau",
                    new String(Passphrase.read(file).octets(), StandardCharsets.UTF_8));
        }
        for (String text : List.of("", "\n", "x".repeat(1025))) {
            Files.writeString(file, text);
            assertThrows(PkiException.class, () -> Passphrase.read(file));
        }
        Files.writeString(file, "x".repeat(1024) + "\r\n");
        assertEquals(1024, Passphrase.read(file).octets().length);
        assertFalse(Passphrase.of("secret").toString().contains("secret"));
    }

    private void assertBad(String words, Path file) {
        var bad = assertThrows(PkiException.class, () -> PemFiles.certificates(file));
        assertTrue(bad.toString().contains(words), bad.toString());
    }

    private void assertSays(String words, String file, Optional<Passphrase> passphrase) {
        Path path = home.resolve(file);
        var bad = assertThrows(PkiException.class, () -> PemFiles.key(path, passphrase));
        assertTrue(bad.toString().contains(words), bad.toString());
        assertTrue(bad.toString().contains(file), bad.toString());
    }

    private String opensslPublic() throws Exception {
        openssl.run("pkey -in key.pem -passin file:pass -pubout -out public.pem");
        return Files.readString(home.resolve("public.pem"));
    }

    private static String publicPem(java.security.PublicKey key) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
    }
}
