package dev.sobre.tls.pki;

/** How a private key is written. */
public enum KeyForm {
    /** PKCS#8, as everything new reads it. RFC 5958. */
    PKCS8,
    /** What OpenSSL wrote before: PKCS#1 for RSA, SEC1 for EC. */
    TRADITIONAL
}
