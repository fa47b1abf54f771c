package dev.sobre.tls.trace;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The handshake messages in the order in which both sides hash them. RFC 8446 §4.4.1. Holds 256 KiB
 * at most; beyond that it has nothing to say any more.
 */
public final class Transcript {
    private static final int LIMIT = 256 * 1024;
    private static final int MESSAGE_HASH = 254;

    /** A place in the transcript: after this message of this side. */
    private record Entry(Side from, int type, int end) {}

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Entry> entries = new ArrayList<>();
    private int firstHelloEnd;
    private boolean retried;
    private boolean whole;

    /** Holds nothing and knows no hash where it is not {@code kept}. */
    Transcript(boolean kept) {
        this.whole = kept;
    }

    void add(Side from, Message message) {
        if (bytes.size() + message.whole().length > LIMIT
                || message.whole().length < message.size()) {
            whole = false;
        }
        if (!whole) return;
        bytes.writeBytes(message.whole());
        if (entries.isEmpty()) firstHelloEnd = bytes.size();
        entries.add(new Entry(from, message.type(), bytes.size()));
    }

    /** The last server hello was a request for another. */
    void retried() {
        retried = true;
    }

    /** The hash of all so far. */
    Optional<byte[]> hash(String algorithm) {
        return hash(algorithm, bytes.size());
    }

    /** The hash up to the last message of this type from this side, itself included. */
    public Optional<byte[]> hashThrough(String algorithm, Side from, int type) {
        return entries.reversed().stream()
                .filter(entry -> entry.from == from && entry.type == type)
                .findFirst()
                .flatMap(entry -> hash(algorithm, entry.end));
    }

    private Optional<byte[]> hash(String algorithm, int end) {
        if (!whole) return Optional.empty();
        try {
            var digest = MessageDigest.getInstance(algorithm);
            byte[] all = bytes.toByteArray();
            int from = 0;
            if (retried) {
                // RFC 8446 §4.4.1: a hash stands for the hello that was sent back.
                digest.update(all, 0, firstHelloEnd);
                byte[] first = digest.digest();
                digest.update(new byte[] {(byte) MESSAGE_HASH, 0, 0, (byte) first.length});
                digest.update(first);
                from = firstHelloEnd;
            }
            digest.update(all, from, end - from);
            return Optional.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
