package dev.sobre.smtp.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.pki.KeyKind;
import dev.sobre.tls.pki.PkiException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.Test;

/** Signatures as RFC 8463 prints them, and as Apache jDKIM, which knows RSA, takes them. */
class DkimSignerTest {

    private static final String HEADER =
            """
            From: Joe SixPack <joe@football.example.com>\r
            To: Suzie Q <suzie@shopping.example.net>\r
            Subject: Is dinner ready?\r
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r
            Message-ID: <20030712040037.46341.5F8J@football.example.com>\r
            """;
    private static final String BODY =
            "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

    private static final PrivateKey RSA = KeyKind.RSA_2048.make();

    @Test // RFC 8463, appendix A
    void theExampleOfTheRfc() throws Exception {
        var key = DkimKey.of("football.example.com", "brisbane", exampleKey());
        assertEquals("brisbane._domainkey.football.example.com", key.recordName());
        assertEquals(
                "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                key.recordText());
        var base64 = Base64.getEncoder();
        String bodyHash = base64.encodeToString(hash(BODY));
        assertEquals("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=", bodyHash);
        String unsigned =
                "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
                        + " d=football.example.com; i=@football.example.com;\r\n"
                        + " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
                        + " subject : date : message-id : from : subject : date;\r\n"
                        + (" bh=" + bodyHash + ";\r\n b=");
        var names =
                List.of("from", "to", "subject", "date", "message-id", "from", "subject", "date");
        byte[] signed = Header.of(HEADER).signed(names, unsigned).getBytes(ISO_8859_1);
        assertEquals(
                "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==",
                base64.encodeToString(key.sign(signed)));
    }

    @Test
    void whateverIsSignedVerifies() throws Exception {
        for (String body :
                new String[] {
                    BODY, "no end", " x\t \ty  \r\n\r\n \r\n.\r\n..\r\n\r\n\r\n", "Grüße\r\n"
                }) {
            verified(HEADER, body);
        }
        verified("from:\tjoe@football.example.com\r\nSUBJECT:\r\n", BODY);
        verified(
                """
                To: a@x.example\r
                From : "é"\r
                \t<joe@mail.Football.example.com>  \r
                List-Id: 1\r
                list-id: 2\r
                X-Odd:no\r
                References: <1@x>\r
                  <2@x>\r
                """,
                BODY);
    }

    @Test
    void manyRandomBodiesVerifyWhereverTheyAreCut() throws Exception {
        var random = new Random(20);
        String alphabet = "ab \t\r\n.";
        for (int i = 0; i < 200; i++) {
            var text = new StringBuilder();
            for (int c = random.nextInt(40); c > 0; c--) {
                char next = alphabet.charAt(random.nextInt(alphabet.length()));
                text.append(next == '\r' || next == '\n' ? "\r\n" : Character.toString(next));
            }
            String body = text.toString();
            var cut = new BodyHash();
            for (byte octet : body.getBytes(UTF_8)) cut.take(ByteBuffer.wrap(new byte[] {octet}));
            assertArrayEquals(hash(body), cut.done(), body);
            // Of a body without text jDKIM thinks as RFC 4871 did.
            if (!body.isBlank()) verified(HEADER, body + "\r\n");
        }
    }

    @Test // RFC 6376 §3.4.4
    void aBodyWithoutTextIsEmpty() {
        for (String body : new String[] {"", "\r\n", "\r\n\r\n", "  \r\n\t\r\n", " "}) {
            assertEquals(
                    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                    Base64.getEncoder().encodeToString(hash(body)));
        }
    }

    @Test
    void aCarriageReturnAloneIsNoLineEnd() throws Exception {
        assertArrayEquals(sha256("a\rb\r\n"), hash("a\rb\r\n"));
        assertArrayEquals(sha256("a\nb\r\n"), hash("a\nb\r\n\r\n"));
        assertArrayEquals(sha256("a\r\r\n"), hash("a\r\r\n"));
        assertArrayEquals(sha256("a\r\r\n"), hash("a\r"));
    }

    @Test // RFC 6376 §8.15
    void nobodyCanAddAnAuthor() throws Exception {
        String mail = sign(HEADER, BODY, rsa()) + HEADER + "\r\n" + BODY;
        assertEquals(1, jdkim(mail));
        assertThrows(FailException.class, () -> jdkim("From: eve@evil.example\r\n" + mail));
        assertThrows(FailException.class, () -> jdkim(mail.replace("hungry", "thirsty")));
        assertThrows(FailException.class, () -> jdkim(mail.replace("dinner", "lunch")));
    }

    @Test
    void onlyTheAuthorsDomainSigns() throws Exception {
        for (String author :
                new String[] {"joe@example.net", "joe@notfootball.example.com", "joe", "", "@"}) {
            assertEquals("", sign("From: " + author + "\r\n", BODY, rsa()), author);
        }
        assertEquals("", sign("Subject: x\r\n", BODY, rsa()));
        String international = "From: joe@xn--bcher-kva.example\r\n";
        var key = DkimKey.of("xn--bcher-kva.example", "s", exampleKey());
        assertTrue(sign(international, BODY, key).contains("d=xn--bcher-kva.example;"));
        assertTrue(sign("From: joe@bücher.example\r\n", BODY, key).contains("a=ed25519-sha256"));
    }

    @Test // RFC 8301 §3.2
    void weakAndOddKeysAreRefused() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        var weak = generator.generateKeyPair().getPrivate();
        assertThrows(PkiException.class, () -> DkimKey.of("example.org", "s", weak));
        var curve = KeyKind.P256.make();
        assertThrows(PkiException.class, () -> DkimKey.of("example.org", "s", curve));
        for (String bad : new String[] {"", "a b", "-a", "a..b", "a;b", "ä"}) {
            assertThrows(PkiException.class, () -> DkimKey.of("example.org", bad, RSA), bad);
        }
    }

    @Test // RFC 1035 §3.3: a string of a TXT record has at most 255 octets
    void aLongRecordIsWrittenInParts() throws Exception {
        String line = rsa().zoneLine();
        assertTrue(
                line.matches(
                        "s2._domainkey.football.example.com. IN TXT \\( (\"[^\"]{1,255}\" ){2}\\)"),
                line);
        assertEquals(
                rsa().recordText(),
                line.replaceAll("^[^\"]*\"|\"[^\"]*$", "").replace("\" \"", ""));
    }

    /** Both signatures are made; jDKIM checks the RSA one, whose body hash is the other's too. */
    private static void verified(String header, String body) throws Exception {
        var both = List.of(DkimKey.of("football.example.com", "brisbane", exampleKey()), rsa());
        String fields = sign(header, body, both.toArray(DkimKey[]::new));
        assertEquals(3, fields.split("DKIM-Signature: ").length, fields);
        for (String line : fields.split("\r\n")) assertTrue(line.length() <= 78, line);
        String second = fields.substring(fields.lastIndexOf("DKIM-Signature: "));
        assertEquals(1, jdkim(second + header + "\r\n" + body), body);
    }

    private static int jdkim(String mail) throws Exception {
        String record = rsa().recordText();
        var verifier = new DKIMVerifier((_, _, _) -> List.of(record));
        return verifier.verify(new ByteArrayInputStream(mail.getBytes(UTF_8))).size();
    }

    private static String sign(String header, String body, DkimKey... keys) {
        var signer = new DkimSigner(List.of(keys));
        byte[] fields =
                signer.sign(header.getBytes(UTF_8), hash(body), Instant.ofEpochSecond(1528637909));
        return new String(fields, ISO_8859_1);
    }

    private static byte[] hash(String body) {
        var hash = new BodyHash();
        hash.take(ByteBuffer.wrap(body.getBytes(UTF_8)));
        return hash.done();
    }

    private static byte[] sha256(String text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    }

    private static DkimKey rsa() throws PkiException {
        return DkimKey.of("football.example.com", "s2", RSA);
    }

    private static PrivateKey exampleKey() throws Exception {
        byte[] secret = Base64.getDecoder().decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret));
    }
}
