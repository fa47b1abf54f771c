package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of cipher suites and what they say. */
class CipherSuiteTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TLS_AES_128_GCM_SHA256 | (EC)DHE, chosen apart | by the certificate"
                        + " | AES, 128 bits | GCM (authenticated encryption) | SHA-256",
                "TLS_CHACHA20_POLY1305_SHA256 | (EC)DHE, chosen apart | by the certificate"
                        + " | ChaCha20, 256 bits | Poly1305 (authenticated encryption) | SHA-256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 | ECDHE | ECDSA"
                        + " | AES, 256 bits | GCM (authenticated encryption) | SHA-384",
                "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA | DHE | DSA"
                        + " | 3DES (112 bits of strength) | CBC (with an HMAC apart) | SHA-1",
                "TLS_RSA_WITH_AES_128_CBC_SHA256 | RSA (the client sends the secret) | RSA"
                        + " | AES, 128 bits | CBC (with an HMAC apart) | SHA-256",
                "TLS_RSA_WITH_RC4_128_MD5 | RSA (the client sends the secret) | RSA"
                        + " | RC4, 128 bits | stream (with an HMAC apart) | MD5",
                "TLS_ECDH_ECDSA_WITH_NULL_SHA | static ECDH | ECDSA | none | none | SHA-1",
                "TLS_DH_anon_WITH_AES_128_GCM_SHA256 | DHE | none"
                        + " | AES, 128 bits | GCM (authenticated encryption) | SHA-256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 | ECDHE | ECDSA"
                        + " | AES, 128 bits | CCM (authenticated encryption, short tag) | SHA-256",
                "TLS_PSK_WITH_CAMELLIA_128_CBC_SHA256 | PSK | pre-shared key"
                        + " | CAMELLIA, 128 bits | CBC (with an HMAC apart) | SHA-256",
                "TLS_DHE_RSA_WITH_SEED_CBC_SHA | DHE | RSA"
                        + " | SEED, 128 bits | CBC (with an HMAC apart) | SHA-1",
                "TLS_KRB5_EXPORT_WITH_RC2_CBC_40_MD5 | Kerberos | Kerberos"
                        + " | RC2, 40 bits | CBC (with an HMAC apart) | MD5",
                "TLS_RSA_EXPORT_WITH_RC4_40_MD5 | RSA (the client sends the secret) | RSA"
                        + " | RC4, 40 bits | stream (with an HMAC apart) | MD5",
                "TLS_RSA_PSK_WITH_AES_256_GCM_SHA384 | RSA (the client sends the secret)"
                        + " | RSA and a pre-shared key"
                        + " | AES, 256 bits | GCM (authenticated encryption) | SHA-384",
                "TLS_PSK_DHE_WITH_AES_256_CCM_8 | DHE | pre-shared key"
                        + " | AES, 256 bits | CCM (authenticated encryption, short tag) | SHA-256",
                "TLS_SRP_SHA_RSA_WITH_AES_128_CBC_SHA | DHE from a password (SRP) | RSA"
                        + " | AES, 128 bits | CBC (with an HMAC apart) | SHA-1",
                "TLS_ECCPWD_WITH_AES_128_CCM_SHA256 | ECDHE from a password (Dragonfly)"
                        + " | password | AES, 128 bits | CCM (authenticated encryption) | SHA-256",
                "TLS_GOSTR341112_256_WITH_28147_CNT_IMIT"
                        + " | GOST R 34.10-2012 (the client sends the secret) | GOST R 34.10-2012"
                        + " | Magma (GOST 28147-89), 256 bits | CNT (with an IMIT apart)"
                        + " | GOST R 34.11-2012 (Streebog), 256 bits",
                "TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_S | (EC)DHE, chosen apart"
                        + " | by the certificate | Kuznyechik, 256 bits"
                        + " | MGM (authenticated encryption)"
                        + " | GOST R 34.11-2012 (Streebog), 256 bits",
                "TLS_SM4_CCM_SM3 | (EC)DHE, chosen apart | by the certificate"
                        + " | SM4, 128 bits | CCM (authenticated encryption) | SM3",
                "TLS_AEGIS_128L_SHA256 | (EC)DHE, chosen apart | by the certificate"
                        + " | AEGIS-128L, 128 bits | of its own (authenticated encryption)"
                        + " | SHA-256",
                "TLS_SHA384_SHA384 | (EC)DHE, chosen apart | by the certificate"
                        + " | none | HMAC | SHA-384",
                "SSL_DHE_RSA_WITH_DES_CBC_SHA | DHE | RSA"
                        + " | DES, 56 bits | CBC (with an HMAC apart) | SHA-1",
            })
    void takesANameApart(
            String name, String exchange, String signs, String cipher, String mode, String hash) {
        assertEquals(
                new CipherSuite(name, exchange, signs, cipher, mode, hash),
                CipherSuite.parse(name));
    }

    @Test
    void judges() {
        assertTrue(CipherSuite.parse("TLS_AES_128_GCM_SHA256").forwardSecret());
        assertTrue(CipherSuite.parse("TLS_AES_128_GCM_SHA256").authenticatedEncryption());
        assertFalse(CipherSuite.parse("TLS_RSA_WITH_AES_128_GCM_SHA256").forwardSecret());
        assertFalse(
                CipherSuite.parse("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA").authenticatedEncryption());
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> CipherSuite.parse("AES128-SHA"));
    }
}
