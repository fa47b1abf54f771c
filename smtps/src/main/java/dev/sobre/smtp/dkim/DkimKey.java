package dev.sobre.smtp.dkim;

import dev.sobre.mail.Sha256;
import dev.sobre.tls.pki.Keys;
import dev.sobre.tls.pki.PkiException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** A private key of a domain, and the name under which the DNS has its public half. */
public final class DkimKey {

    private static final int LEAST_BITS = 2048; // RFC 8301 §3.2
    private static final int RAW_ED25519 = 32;
    private static final int LONGEST_STRING = 255; // of a TXT record, RFC 1035 §3.3
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private final String domain;
    private final String selector;
    private final PrivateKey key;
    private final PublicKey half;

    private DkimKey(String domain, String selector, PrivateKey key, PublicKey half) {
        this.domain = domain;
        this.selector = selector;
        this.key = key;
        this.half = half;
    }

    /**
     * A key that may sign.
     *
     * @param domain in ASCII form
     * @param selector which of the domain's keys it is: a label or several
     * @throws PkiException for a key that is neither Ed25519 nor RSA of at least 2048 bits, and for
     *     names that can't be in the DNS
     */
    public static DkimKey of(String domain, String selector, PrivateKey key) throws PkiException {
        var half = Keys.publicOf(key);
        boolean strong =
                half instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= LEAST_BITS;
        boolean edwards =
                half instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519");
        if (!strong && !edwards) {
            throw new PkiException("is neither Ed25519 nor RSA of at least 2048 bits");
        }
        return new DkimKey(name(domain), name(selector), key, half);
    }

    private static String name(String name) throws PkiException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.length() > 200 || !lower.matches(LABEL + "(\\." + LABEL + ")*")) {
            throw new PkiException(name + " can't be a name in the DNS");
        }
        return lower;
    }

    public String domain() {
        return domain;
    }

    String selector() {
        return selector;
    }

    /** Whether it answers for an author's domain: its own, or one below. */
    boolean fits(String author) {
        return author.equals(domain) || author.endsWith("." + domain);
    }

    /** As {@code a=} names it. */
    String algorithm() {
        return isRsa() ? "rsa-sha256" : "ed25519-sha256";
    }

    private boolean isRsa() {
        return half instanceof RSAPublicKey;
    }

    byte[] sign(byte[] data) {
        try {
            var signature = Signature.getInstance(isRsa() ? "SHA256withRSA" : "Ed25519");
            signature.initSign(key);
            // RFC 8463 §3: Ed25519 signs the hash, not what was hashed.
            signature.update(isRsa() ? data : Sha256.fresh().digest(data));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java can't sign by " + algorithm(), e);
        }
    }

    /** Where the public half is looked up (RFC 6376 §3.6.2.1). */
    public String recordName() {
        return selector + "._domainkey." + domain;
    }

    /** What is to be found there (RFC 6376 §3.6.1, RFC 8463 §4). */
    public String recordText() {
        byte[] octets = half.getEncoded();
        if (!isRsa())
            octets = Arrays.copyOfRange(octets, octets.length - RAW_ED25519, octets.length);
        return "v=DKIM1; k="
                + (isRsa() ? "rsa" : "ed25519")
                + "; p="
                + Base64.getEncoder().encodeToString(octets);
    }

    /** The record as a line of a zone. */
    public String zoneLine() {
        var line = new StringBuilder(recordName()).append(". IN TXT (");
        String text = recordText();
        for (int from = 0; from < text.length(); from += LONGEST_STRING) {
            int to = Math.min(text.length(), from + LONGEST_STRING);
            line.append(" \"").append(text, from, to).append('"');
        }
        return line.append(" )").toString();
    }

    /** Without the key, for logs. */
    @Override
    public String toString() {
        return recordName() + " (" + algorithm() + ")";
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
