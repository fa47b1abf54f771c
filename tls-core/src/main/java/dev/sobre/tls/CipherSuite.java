package dev.sobre.tls;

import java.security.PublicKey;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cipher suite's IANA name, taken apart.
 *
 * @param keyExchange how both sides come to a secret
 * @param authentication how the server proves who it is
 * @param cipher the cipher with the length of its key
 * @param mode how the cipher is used on records
 * @param hash what keys are derived with, and in older modes what guards records
 */
public record CipherSuite(
        String name,
        String keyExchange,
        String authentication,
        String cipher,
        String mode,
        String hash) {
    private static final String APART = "by the certificate";
    private static final Pattern TWO_PARTS = Pattern.compile("(?:TLS|SSL)_(.+)_WITH_(.+)");
    private static final Pattern THREE = Pattern.compile("TLS_(.+)");
    private static final Pattern HASH = Pattern.compile("(.+)_(SHA\\d*|MD5|SM3|ASCONHASH256)");
    private static final Pattern MODE =
            Pattern.compile(
                    "(.+?)_?(CBC_40|CBC|GCM|CCM_8|CCM|POLY1305|CTR_OMAC|CNT_IMIT|MGM_[LS])$");
    private static final Pattern AEAD = Pattern.compile("AEGIS_.+|ASCONAEAD128");

    /**
     * Takes a name apart; what it does not say is filled in from the RFCs.
     *
     * @throws IllegalArgumentException for what is no name of a cipher suite
     */
    public static CipherSuite parse(String name) {
        Matcher two = TWO_PARTS.matcher(name);
        // RFC 9367: those of GOST with MGM have two parts and belong to TLS 1.3.
        if (two.matches() && !name.contains("_MGM_")) {
            return of(name, keyExchange(two.group(1)), authentication(two.group(1)), two.group(2));
        }
        Matcher three = THREE.matcher(name);
        if (three.matches() && !name.contains("_SCSV")) {
            // RFC 8446 §1.2: the suite no longer says how keys are exchanged and who signs.
            String rest = two.matches() ? two.group(2) : three.group(1);
            return of(name, "(EC)DHE, chosen apart", APART, rest);
        }
        throw new IllegalArgumentException(name + " is no name of a cipher suite");
    }

    /** Whether a stolen server key leaves recorded traffic closed. */
    public boolean forwardSecret() {
        return keyExchange.contains("DHE");
    }

    /** Whether encryption and integrity are one (RFC 5116). */
    public boolean authenticatedEncryption() {
        return mode.contains("(authenticated encryption");
    }

    /** The oldest or only version that has it, as far as the name says: TLS 1.3 or an older one. */
    public boolean ofTls13() {
        return authentication.equals(APART);
    }

    /** The same with the key that signed, where the name leaves it open. */
    public CipherSuite signedBy(PublicKey key) {
        if (!authentication.equals(APART)) return this;
        String word = key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
        return new CipherSuite(name, keyExchange, word, cipher, mode, hash);
    }

    private static CipherSuite of(String name, String exchange, String signs, String rest) {
        if (rest.matches("SHA\\d+_SHA\\d+")) { // RFC 9150: integrity alone
            String hash = hash(rest.split("_", -1)[0]);
            return new CipherSuite(name, exchange, signs, "none", "HMAC", hash);
        }
        Matcher hashed = HASH.matcher(rest);
        boolean named = hashed.matches();
        String bulk = named ? hashed.group(1) : rest;
        Matcher moded = MODE.matcher(bulk);
        boolean block = moded.matches();
        String word = block ? moded.group(1) : bulk;
        boolean forty = block && moded.group(2).equals("CBC_40");
        return new CipherSuite(
                name,
                exchange,
                signs,
                cipher(forty ? word + "_40" : word),
                block ? mode(moded.group(2)) : streamMode(bulk),
                named ? hash(hashed.group(2)) : implied(name));
    }

    private static String keyExchange(String first) {
        String word = first.replace("_EXPORT1024", "").replace("_EXPORT", "");
        return switch (word) {
            case "NULL" -> "none";
            case "DH_anon", "PSK_DHE" -> "DHE";
            case "ECDH_anon" -> "ECDHE";
            case "PSK" -> "PSK";
            case "KRB5" -> "Kerberos";
            case "ECCPWD" -> "ECDHE from a password (Dragonfly)";
            default -> {
                if (word.startsWith("SRP")) yield "DHE from a password (SRP)";
                if (word.startsWith("GOST"))
                    yield "GOST R 34.10-2012 (the client sends the secret)";
                if (word.startsWith("ECDHE")) yield "ECDHE";
                if (word.startsWith("DHE")) yield "DHE";
                if (word.startsWith("ECDH")) yield "static ECDH";
                if (word.startsWith("DH")) yield "static DH";
                if (word.startsWith("RSA")) yield "RSA (the client sends the secret)";
                yield word;
            }
        };
    }

    private static String authentication(String first) {
        if (first.contains("anon") || first.equals("NULL")) return "none";
        if (first.startsWith("RSA_PSK")) return "RSA and a pre-shared key";
        if (first.contains("PSK")) return "pre-shared key";
        if (first.contains("KRB5")) return "Kerberos";
        if (first.equals("ECCPWD") || first.equals("SRP_SHA")) return "password";
        if (first.contains("ECDSA")) return "ECDSA";
        if (first.contains("DSS")) return "DSA";
        if (first.contains("RSA")) return "RSA";
        return first.startsWith("GOST") ? "GOST R 34.10-2012" : first;
    }

    private static String cipher(String word) {
        return switch (word) {
            case "NULL", "NULL_NULL" -> "none";
            case "3DES_EDE" -> "3DES (112 bits of strength)";
            case "DES" -> "DES, 56 bits";
            case "DES40", "DES_40" -> "DES, 40 bits";
            case "CHACHA20" -> "ChaCha20, 256 bits";
            case "SEED", "IDEA", "SM4" -> word + ", 128 bits";
            case "AEGIS_128L" -> "AEGIS-128L, 128 bits";
            case "ASCONAEAD128" -> "Ascon, 128 bits";
            case "KUZNYECHIK" -> "Kuznyechik, 256 bits";
            case "MAGMA", "28147" -> "Magma (GOST 28147-89), 256 bits";
            default -> word.replaceFirst("_(\\d+)$", ", $1 bits");
        };
    }

    private static String mode(String word) {
        return switch (word) {
            case "POLY1305" -> "Poly1305 (authenticated encryption)";
            case "GCM" -> "GCM (authenticated encryption)";
            case "CCM" -> "CCM (authenticated encryption)";
            case "CCM_8" -> "CCM (authenticated encryption, short tag)";
            case "MGM_L", "MGM_S" -> "MGM (authenticated encryption)";
            case "CTR_OMAC" -> "CTR (with an OMAC apart)";
            case "CNT_IMIT" -> "CNT (with an IMIT apart)";
            default -> "CBC (with an HMAC apart)";
        };
    }

    private static String streamMode(String bulk) {
        if (bulk.startsWith("NULL")) return "none";
        return AEAD.matcher(bulk).matches()
                ? "of its own (authenticated encryption)"
                : "stream (with an HMAC apart)";
    }

    private static String hash(String word) {
        return switch (word) {
            case "SHA" -> "SHA-1";
            case "MD5", "SM3" -> word;
            case "ASCONHASH256" -> "Ascon-Hash256";
            default -> word.replaceFirst("SHA", "SHA-");
        };
    }

    /** RFC 5246 §5: where the name has no hash, SHA-256; RFC 9189 §4 for GOST. */
    private static String implied(String name) {
        if (name.endsWith("_NULL_NULL")) return "none";
        return name.contains("_GOST") ? "GOST R 34.11-2012 (Streebog), 256 bits" : "SHA-256";
    }
}
