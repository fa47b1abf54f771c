package dev.sobre.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AppSecretTest {

    @Test
    void isTypedInAnySpacingAndCase() {
        var secret = AppSecret.random();
        assertTrue(secret.text().matches("([a-z2-9]{4}-){6}[a-z2-9]{4}"), secret.text());
        String typed = secret.text().toUpperCase(Locale.ROOT).replace('-', ' ');
        assertEquals(Optional.of(secret), AppSecret.read(" " + typed + " "));
        assertEquals(Optional.of(secret), AppSecret.read(typed.replace(" ", "")));
        assertFalse(secret.toString().contains(secret.text()));
    }

    @Test
    void whatPeopleChooseIsNone() {
        for (String other : new String[] {"", "secret", "a".repeat(27), "a".repeat(29)}) {
            assertEquals(Optional.empty(), AppSecret.read(other));
        }
        assertEquals(Optional.empty(), AppSecret.read("0".repeat(28)));
        assertEquals(Optional.empty(), AppSecret.read("-".repeat(1_000_000)));
    }

    @Test
    void noTwoAreEqual() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) assertTrue(seen.add(AppSecret.random().text()));
    }

    /** The example of RFC 7677 §3: its proof and signature come from these keys. */
    @Test
    void keysAreThoseOfScram() throws Exception {
        var salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        var keys = new ScramSalt(salt, 4096).keys("pencil");
        String message =
                "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                        + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys.serverKey(), "HmacSHA256"));
        byte[] signature = mac.doFinal(message.getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                Base64.getEncoder().encodeToString(signature));
        mac.init(new SecretKeySpec(keys.storedKey(), "HmacSHA256"));
        byte[] client = mac.doFinal(message.getBytes(StandardCharsets.US_ASCII));
        byte[] proof = Base64.getDecoder().decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        for (int i = 0; i < proof.length; i++) client[i] ^= proof[i];
        byte[] hashed = MessageDigest.getInstance("SHA-256").digest(client);
        assertEquals(HexFormat.of().formatHex(keys.storedKey()), HexFormat.of().formatHex(hashed));
    }
}
