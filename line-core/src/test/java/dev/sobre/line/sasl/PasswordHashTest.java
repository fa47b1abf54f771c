package dev.sobre.line.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.sasl.PasswordHash.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    private static final String SALT_AND_HASH =
            "$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    @Test
    void newHashesAreArgon2idAtTheOwaspMinimum() {
        String stored = PasswordHash.argon2id("secret");
        assertTrue(
                stored.matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$]{22}\\$[^$]{43}"),
                stored);
        assertTrue(PasswordHash.verify(stored, "secret"));
        assertFalse(PasswordHash.verify(stored, "Secret"));
        assertFalse(PasswordHash.needsRehash(stored));
        assertNotEquals(stored, PasswordHash.argon2id("secret"), "each hash has a salt of its own");
    }

    /** The reference implementation's src/test.c; "Unix crypt …" 0.6; jBCrypt's and Openwall's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "password $argon2id$v=19$m=65536,t=2,p=1" + SALT_AND_HASH,
                "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                "password {ARGON2ID}$argon2id$v=19$m=65536,t=2,p=1" + SALT_AND_HASH,
                "password {ARGON2I}$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
                "password $argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ",
                "'Hello world!' {SHA512-CRYPT}$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
                "'Hello world!' {CRYPT}$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.",
                "a {BLF-CRYPT}$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "abc $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
                "U*U {blf-crypt}$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "U*U $2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "'se cret' '{PLAIN}se cret'",
                "{x} '{CLEARTEXT}{x}'"
            })
    void otherServersHashes(String password, String stored) {
        assertTrue(PasswordHash.verify(stored, password));
        assertFalse(PasswordHash.verify(stored, password + "x"));
        assertTrue(PasswordHash.needsRehash(stored));
    }

    @Test
    void aPrefixAloneIsNoReasonToHashAnew() {
        assertFalse(PasswordHash.needsRehash("{ARGON2ID}" + PasswordHash.argon2id("secret")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "secret; password has no known scheme",
                "''; password has no known scheme",
                "{SSHA}abcdef; password scheme {SSHA} is not supported; supported are {ARGON2ID}",
                "{plain.b64}c2VjcmV0; password scheme {PLAIN.B64} is not supported",
                "{se cret}; password scheme is not supported",
                "{PLAIN; password scheme has no closing brace",
                "{PLAIN}; plain password is empty",
                "{ARGON2ID}secret; {ARGON2ID} is not followed by $argon2id$",
                "{BLF-CRYPT}$6$x; {BLF-CRYPT} is not followed by $2a$ or $2b$ or $2y$",
                "$1$salt$qJH7.N4xYta3aEG/dfqo/0; password has no known scheme",
                "$argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4; Argon2 hash is",
                "$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW; bcrypt hash is malformed",
                "$6$saltstring$short; SHA-512 crypt hash is malformed"
            })
    void whatIsNotSupportedIsSaidPlainly(String stored, String reason) {
        var read = assertInstanceOf(Reading.Unsupported.class, PasswordHash.parse(stored));
        // A reason with a semicolon in it arrives cut.
        assertTrue(read.reason().startsWith(reason), read.reason());
        assertFalse(read.reason().contains("ecret"), read.reason());
        assertFalse(PasswordHash.verify(stored, "secret"));
    }

    @ParameterizedTest // a stored hash can't ask for more than a login may cost
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=4194304,t=1,p=1",
                "$argon2id$v=19$m=131073,t=1,p=1",
                "$argon2id$v=19$m=131072,t=9,p=1",
                "$argon2id$v=19$m=999999999,t=999999999,p=999999999",
                "$argon2id$v=19$m=256,t=0,p=1",
                "$argon2id$v=19$m=256,t=2,p=0",
                "$argon2id$v=19$m=7,t=2,p=1",
                "$argon2id$v=19$m=256,t=2,p=17",
                "$argon2id$v=18$m=256,t=2,p=1",
                "$argon2id$v=19$m=99999999999,t=2,p=1"
            })
    void costsAreBounded(String parameters) {
        assertInstanceOf(Reading.Unsupported.class, PasswordHash.parse(parameters + SALT_AND_HASH));
    }

    @Test
    void roundsAreBounded() {
        var hash = "$saltstring$" + "a".repeat(86);
        assertInstanceOf(Reading.Supported.class, PasswordHash.parse("$6" + hash));
        for (var rounds : new String[] {"999", "1000001", "999999999", "99999999999"}) {
            assertInstanceOf(
                    Reading.Unsupported.class, PasswordHash.parse("$6$rounds=" + rounds + hash));
        }
        var salted = "$" + "a".repeat(53);
        assertInstanceOf(Reading.Supported.class, PasswordHash.parse("$2y$14" + salted));
        assertInstanceOf(Reading.Unsupported.class, PasswordHash.parse("$2y$15" + salted));
        assertInstanceOf(Reading.Unsupported.class, PasswordHash.parse("$2y$03" + salted));
        assertInstanceOf(
                Reading.Unsupported.class, PasswordHash.parse("{PLAIN}" + "a".repeat(4000)));
    }

    @Test // RFC 8265 §4.2.2, rule 4
    void composedAndDecomposedAreOnePassword() {
        String stored = PasswordHash.argon2id("caf\u00e9");
        assertTrue(PasswordHash.verify(stored, "cafe\u0301"));
        assertTrue(PasswordHash.verify("{PLAIN}cafe\u0301", "caf\u00e9"));
        assertFalse(PasswordHash.verify(stored, "cafe"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nul\0", "half\ud83d", "\udc00", "{PLAIN}"})
    void passwordsThatCantBeTyped(String password) {
        boolean usable = password.equals("{PLAIN}");
        assertEquals(usable, PasswordHash.usable(password));
        if (!usable) {
            assertThrows(IllegalArgumentException.class, () -> PasswordHash.argon2id(password));
        }
    }

    @Test
    void lengthCounts() {
        assertTrue(PasswordHash.usable("a".repeat(1024)));
        assertFalse(PasswordHash.usable("é".repeat(513)));
        // Each of the rounds of SHA-512 crypt hashes the whole password.
        assertFalse(PasswordHash.verify("$6$saltstring$" + "a".repeat(86), "a".repeat(1024)));
    }
}
