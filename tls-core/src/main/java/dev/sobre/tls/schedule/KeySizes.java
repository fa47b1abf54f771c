package dev.sobre.tls.schedule;

/**
 * How many bytes of key material a cipher suite needs of each kind.
 *
 * @param mac of a MAC's key; 0 where encryption and integrity are one
 * @param iv in TLS 1.2: of a block cipher's IV, or of the nonce's part that is not sent
 */
record KeySizes(int mac, int key, int iv) {

    /** Of a suite by its IANA name. RFC 5246 appendix C, RFC 5288 §3, RFC 7905 §2. */
    static KeySizes of(String suite) {
        return new KeySizes(mac(suite), key(suite), iv(suite));
    }

    boolean aead() {
        return mac == 0;
    }

    private static boolean aead(String suite) {
        return suite.contains("_GCM") || suite.contains("_CCM") || suite.contains("POLY1305");
    }

    private static int mac(String suite) {
        if (aead(suite)) return 0;
        if (suite.endsWith("_MD5")) return 16;
        if (suite.endsWith("_SHA256")) return 32;
        return suite.endsWith("_SHA384") ? 48 : 20;
    }

    private static int key(String suite) {
        if (suite.contains("NULL")) return 0;
        if (suite.contains("3DES")) return 24;
        return suite.contains("_256_") || suite.contains("CHACHA20") ? 32 : 16;
    }

    private static int iv(String suite) {
        if (suite.contains("NULL") || suite.contains("RC4")) return 0;
        if (suite.contains("CHACHA20")) return 12;
        if (aead(suite)) return 4;
        return suite.contains("DES") ? 8 : 16;
    }
}
