package dev.sobre.tls.schedule;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * From the shared secret to the keys of a TLS 1.3 connection that resumes nothing, in the order of
 * RFC 8446 §7.1.
 */
public final class Tls13Schedule {
    private static final int NONCE = 12;

    private final List<Secret> steps = new ArrayList<>();
    private final Hkdf hkdf;
    private final int keyLength;
    private final byte[] emptyHash;

    private Tls13Schedule(String suite, String hash) {
        this.hkdf = new Hkdf(hash);
        this.keyLength = KeySizes.of(suite).key();
        try {
            this.emptyHash = MessageDigest.getInstance(hash).digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + hash, e);
        }
    }

    /**
     * What goes into the schedule; each hash is empty where the handshake did not come so far.
     *
     * @param suite by its IANA name
     * @param hash of the suite, by its Java name
     * @param shared what the key exchange gave both sides
     * @param hellos hash of ClientHello…ServerHello
     * @param serverFinished hash of ClientHello…server Finished
     * @param clientFinished hash of ClientHello…client Finished
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    public record Inputs(
            String suite,
            String hash,
            byte[] shared,
            Optional<byte[]> hellos,
            Optional<byte[]> serverFinished,
            Optional<byte[]> clientFinished) {}

    public static List<Secret> of(Inputs in) {
        var schedule = new Tls13Schedule(in.suite, in.hash);
        schedule.run(in);
        return List.copyOf(schedule.steps);
    }

    private void run(Inputs in) {
        byte[] zeros = new byte[hkdf.length()];
        byte[] early =
                add(
                        "early secret",
                        "HKDF-Extract(0, 0): there is no pre-shared key",
                        hkdf.extract(zeros, zeros));
        byte[] salt = empty("early secret", early);
        add("shared secret", "what the key exchange gave both sides", in.shared);
        byte[] handshake =
                add(
                        "handshake secret",
                        "HKDF-Extract(derived, shared secret)",
                        hkdf.extract(salt, in.shared));
        in.hellos.ifPresent(hash -> handshakeTraffic(handshake, hash));
        byte[] next = empty("handshake secret", handshake);
        byte[] master = add("master secret", "HKDF-Extract(derived, 0)", hkdf.extract(next, zeros));
        in.serverFinished.ifPresent(hash -> applicationTraffic(master, hash));
        in.clientFinished.ifPresent(
                hash ->
                        derive(
                                "resumption master secret",
                                "master secret",
                                master,
                                "res master",
                                "ClientHello…client Finished",
                                hash));
    }

    private void handshakeTraffic(byte[] handshake, byte[] hash) {
        String over = "ClientHello…ServerHello";
        byte[] client =
                derive(
                        "client handshake traffic secret",
                        "handshake secret",
                        handshake,
                        "c hs traffic",
                        over,
                        hash);
        keys("client's handshake", client, true);
        byte[] server =
                derive(
                        "server handshake traffic secret",
                        "handshake secret",
                        handshake,
                        "s hs traffic",
                        over,
                        hash);
        keys("server's handshake", server, true);
    }

    private void applicationTraffic(byte[] master, byte[] hash) {
        String over = "ClientHello…server Finished";
        byte[] client =
                derive(
                        "client application traffic secret",
                        "master secret",
                        master,
                        "c ap traffic",
                        over,
                        hash);
        keys("client's application", client, false);
        byte[] server =
                derive(
                        "server application traffic secret",
                        "master secret",
                        master,
                        "s ap traffic",
                        over,
                        hash);
        keys("server's application", server, false);
        derive("exporter master secret", "master secret", master, "exp master", over, hash);
    }

    /** RFC 8446 §7.3, §4.4.4. */
    private void keys(String whose, byte[] secret, boolean finished) {
        byte[] none = new byte[0];
        add(
                "  key",
                label("key") + ": seals " + whose + " records",
                hkdf.expandLabel(secret, "key", none, keyLength));
        add(
                "  IV",
                label("iv") + ": each record's number is XORed into it",
                hkdf.expandLabel(secret, "iv", none, NONCE));
        if (!finished) return;
        add(
                "  Finished key",
                label("finished"),
                hkdf.expandLabel(secret, "finished", none, hkdf.length()));
    }

    private static String label(String label) {
        return "HKDF-Expand-Label(the secret above, \"" + label + "\", \"\")";
    }

    private byte[] empty(String from, byte[] secret) {
        return derive("derived", from, secret, "derived", "nothing", emptyHash);
    }

    private byte[] derive(
            String name, String from, byte[] secret, String label, String over, byte[] hash) {
        return add(
                name,
                "Derive-Secret("
                        + from
                        + ", \""
                        + label
                        + "\", "
                        + over
                        + " = "
                        + HexFormat.of().formatHex(hash)
                        + ")",
                hkdf.expandLabel(secret, label, hash, hkdf.length()));
    }

    private byte[] add(String name, String from, byte[] value) {
        steps.add(Secret.of(name, from, value));
        return value;
    }
}
