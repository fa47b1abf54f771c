package dev.sobre.tls.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** From the pre-master secret to the keys of a TLS 1.2 connection. RFC 5246 §6.3, §8.1. */
public final class Tls12Schedule {
    private static final int MASTER = 48;
    private static final int VERIFY = 12;

    private final List<Secret> steps = new ArrayList<>();
    private final Prf prf;
    private final KeySizes sizes;

    private Tls12Schedule(String suite, String hash) {
        this.prf = Prf.over(hash);
        this.sizes = KeySizes.of(suite);
    }

    /**
     * What goes into the schedule.
     *
     * @param suite by its IANA name
     * @param hash of the suite's PRF, by its Java name
     * @param randoms the client's, then the server's
     * @param sessionHash of all messages through ClientKeyExchange, with the extended master secret
     *     (RFC 7627 §4)
     * @param beforeFinished of all messages before the client's Finished
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    public record Inputs(
            String suite,
            String hash,
            byte[] preMaster,
            byte[] randoms,
            Optional<byte[]> sessionHash,
            Optional<byte[]> beforeFinished) {}

    public static List<Secret> of(Inputs in) {
        var schedule = new Tls12Schedule(in.suite, in.hash);
        schedule.run(in);
        return List.copyOf(schedule.steps);
    }

    private void run(Inputs in) {
        add("pre-master secret", preMaster(in), in.preMaster);
        byte[] master = master(in);
        keys(master, in.randoms);
        in.beforeFinished.ifPresent(
                hash ->
                        add(
                                "client's verify_data",
                                "PRF(master secret, \"client finished\", hash of all messages before it)",
                                prf.of(master, "client finished", hash, VERIFY)));
    }

    private static String preMaster(Inputs in) {
        return in.suite.startsWith("TLS_RSA_WITH")
                ? "made up by the client and sent encrypted: the version it offers, here "
                        + in.preMaster[0]
                        + "."
                        + in.preMaster[1]
                        + ", and 46 random bytes"
                : "what the key exchange gave both sides";
    }

    private byte[] master(Inputs in) {
        if (in.sessionHash.isPresent()) {
            byte[] master =
                    prf.of(in.preMaster, "extended master secret", in.sessionHash.get(), MASTER);
            return add(
                    "master secret",
                    "PRF(pre-master, \"extended master secret\", hash of ClientHello…ClientKeyExchange)",
                    master);
        }
        return add(
                "master secret",
                "PRF(pre-master, \"master secret\", client random + server random)",
                prf.of(in.preMaster, "master secret", in.randoms, MASTER));
    }

    /** RFC 5246 §6.3: one stream, cut up; the seed has the randoms the other way round. */
    private void keys(byte[] master, byte[] randoms) {
        byte[] seed = new byte[64];
        System.arraycopy(randoms, 32, seed, 0, 32);
        System.arraycopy(randoms, 0, seed, 32, 32);
        int mac = sizes.mac();
        int key = sizes.key();
        int iv = sizes.iv();
        byte[] block = prf.of(master, "key expansion", seed, 2 * (mac + key + iv));
        add(
                "key block",
                "PRF(master secret, \"key expansion\", server random + client random), cut into:",
                block);
        byte[][] parts = cut(block, mac, mac, key, key, iv, iv);
        if (!sizes.aead()) {
            add("  client MAC key", "guards the client's records", parts[0]);
            add("  server MAC key", "guards the server's records", parts[1]);
        }
        if (key > 0) {
            add("  client key", "encrypts the client's records", parts[2]);
            add("  server key", "encrypts the server's records", parts[3]);
        }
        if (iv == 0) return;
        String use =
                sizes.aead()
                        ? "the part of each nonce that is not sent"
                        : "TLS 1.0 began with it; since TLS 1.1 each record brings its own";
        String what = sizes.aead() ? "nonce" : "IV";
        add("  client " + what, use, parts[4]);
        add("  server " + what, use, parts[5]);
    }

    private static byte[][] cut(byte[] block, int... lengths) {
        byte[][] parts = new byte[lengths.length][];
        int at = 0;
        for (int i = 0; i < lengths.length; i++) {
            parts[i] = Arrays.copyOfRange(block, at, at + lengths[i]);
            at += lengths[i];
        }
        return parts;
    }

    private byte[] add(String name, String from, byte[] value) {
        steps.add(Secret.of(name, from, value));
        return value;
    }
}
