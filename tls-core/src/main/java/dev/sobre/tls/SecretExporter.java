package dev.sobre.tls;

import dev.sobre.tls.schedule.Hkdf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Derives keys from the exporter secret of one connection until that is wiped. Takes no lock: an
 * event loop wipes it and must not wait for a session, which that loop may have to carry first.
 */
final class SecretExporter implements Exporter {
    private static final byte[] NOTHING = new byte[0];

    private final byte[] secret;
    private volatile boolean wiped;

    /**
     * @param secret the {@code exporter_master_secret}, which becomes this exporter's own; as long
     *     as the hash of the connection's suite
     */
    SecretExporter(byte[] secret) {
        this.secret = secret;
    }

    @Override
    public byte[] export(String label, byte[] context, int length) {
        requireOpen();
        var hkdf = new Hkdf(secret.length == 48 ? "SHA-384" : "SHA-256");
        try {
            var hash = MessageDigest.getInstance(hkdf.hash());
            // RFC 8446 §7.5: HKDF-Expand-Label(Derive-Secret(secret, label, ""), "exporter",
            // Hash(context), length)
            byte[] derived = hkdf.expandLabel(secret, label, hash.digest(NOTHING), secret.length);
            byte[] key = hkdf.expandLabel(derived, "exporter", hash.digest(context), length);
            Arrays.fill(derived, (byte) 0);
            requireOpen(); // or the key may be one of half a secret
            return key;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + hkdf.hash(), e);
        }
    }

    private void requireOpen() {
        if (wiped) throw new IllegalStateException("the connection has been closed");
    }

    void wipe() {
        wiped = true;
        Arrays.fill(secret, (byte) 0);
    }
}
