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
    private static final Pattern HASH = Pattern.compile("(.+)_(SHA\\d*|MD5)");
    private static final Pattern MODE = Pattern.compile("(.+?)_?(CBC|GCM|CCM_8|CCM|POLY1305)$");

    /** Takes a name apart; what it does not say is filled in from the RFCs. */
    public static CipherSuite parse(String name) {
        Matcher two = TWO_PARTS.matcher(name);
        if (two.matches()) {
            return of(name, keyExchange(two.group(1)), authentication(two.group(1)), two.group(2));
        }
        Matcher three = THREE.matcher(name);
        if (three.matches() && !name.contains("_SCSV")) {
            // RFC 8446 §1.2: the suite no longer says how keys are exchanged and who signs.
            return of(name, "(EC)DHE, chosen apart", APART, three.group(1));
        }
        throw new IllegalArgumentException(name + " is no name of a cipher suite");
    }

    /** Whether a stolen server key leaves recorded traffic closed. */
    public boolean forwardSecret() {
        return keyExchange.contains("DHE");
    }

    /** Whether encryption and integrity are one (RFC 5116). */
    public boolean authenticatedEncryption() {
        return mode.startsWith("GCM") || mode.startsWith("CCM") || mode.startsWith("Poly1305");
    }

    /** The same with the key that signed, where the name leaves it open. */
    public CipherSuite signedBy(PublicKey key) {
        if (!authentication.equals(APART)) return this;
        String word = key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
        return new CipherSuite(name, keyExchange, word, cipher, mode, hash);
    }

    private static CipherSuite of(String name, String exchange, String signs, String rest) {
        Matcher hashed = HASH.matcher(rest);
        boolean named = hashed.matches();
        String bulk = named ? hashed.group(1) : rest;
        String hash = named ? hash(hashed.group(2)) : implied(rest);
        Matcher moded = MODE.matcher(bulk);
        boolean block = moded.matches();
        return new CipherSuite(
                name,
                exchange,
                signs,
                cipher(block ? moded.group(1) : bulk),
                block ? mode(moded.group(2)) : streamMode(bulk),
                hash);
    }

    private static String keyExchange(String first) {
        String word = first.replace("_EXPORT1024", "").replace("_EXPORT", "");
        if (word.startsWith("ECDHE")) return "ECDHE";
        if (word.startsWith("DHE")) return "DHE";
        if (word.equals("DH_anon")) return "DHE";
        if (word.equals("ECDH_anon")) return "ECDHE";
        if (word.startsWith("ECDH")) return "static ECDH";
        if (word.startsWith("DH")) return "static DH";
        if (word.startsWith("RSA")) return "RSA (the client sends the secret)";
        return word;
    }

    private static String authentication(String first) {
        if (first.contains("anon")) return "none";
        if (first.contains("PSK") && !first.contains("RSA_PSK")) return "pre-shared key";
        if (first.contains("ECDSA")) return "ECDSA";
        if (first.contains("DSS")) return "DSA";
        if (first.contains("RSA")) return "RSA";
        return first;
    }

    private static String cipher(String word) {
        return switch (word) {
            case "NULL" -> "none";
            case "3DES_EDE" -> "3DES (112 bits of strength)";
            case "DES" -> "DES, 56 bits";
            case "DES40" -> "DES, 40 bits";
            case "CHACHA20" -> "ChaCha20, 256 bits";
            case "RC4_128" -> "RC4, 128 bits";
            case "SEED", "IDEA" -> word + ", 128 bits";
            default -> word.replaceFirst("_(\\d+)$", ", $1 bits");
        };
    }

    private static String mode(String word) {
        return switch (word) {
            case "POLY1305" -> "Poly1305 (authenticated encryption)";
            case "GCM" -> "GCM (authenticated encryption)";
            case "CCM" -> "CCM (authenticated encryption)";
            case "CCM_8" -> "CCM (authenticated encryption, short tag)";
            default -> word + " (with an HMAC apart)";
        };
    }

    private static String streamMode(String bulk) {
        return bulk.equals("NULL") ? "none" : "stream (with an HMAC apart)";
    }

    private static String hash(String word) {
        return switch (word) {
            case "SHA" -> "SHA-1";
            case "MD5" -> "MD5";
            default -> word.replaceFirst("SHA", "SHA-");
        };
    }

    /** RFC 5246 §5: where the name has no hash, SHA-256. */
    private static String implied(String rest) {
        return rest.equals("NULL_NULL") ? "none" : "SHA-256";
    }
}
