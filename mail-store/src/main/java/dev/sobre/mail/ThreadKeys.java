package dev.sobre.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.mail.mime.Relations;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Under what a message is found by its kin: hashes of its own Message-ID and of those it refers to,
 * and of its base subject. A backend keeps, for each account, a table from such keys to threads.
 *
 * @param ids most telling first
 * @param subject where the message has one
 * @param reply whether the subject says that the message belongs to another
 */
public record ThreadKeys(List<Long> ids, Optional<Long> subject, boolean reply) {

    // To look for an algorithm takes longer than to run it over an identifier.
    private static final MessageDigest SHA_256 = sha256();

    /** Of a message that has no kin. */
    public static final ThreadKeys NONE = new ThreadKeys(List.of(), Optional.empty(), false);

    public ThreadKeys {
        ids = List.copyOf(ids);
    }

    /**
     * Where a message belongs.
     *
     * @param entries the keys that the table is to have for this thread from now on
     */
    public record Place(ThreadId thread, List<Long> entries) {}

    public static ThreadKeys of(Relations relations) {
        return new ThreadKeys(
                relations.ids().stream().map(id -> hash('i', id)).toList(),
                relations.subject().map(subject -> hash('s', subject)),
                relations.reply());
    }

    /** All keys, in the order in which {@link #place} wants what they lead to. */
    public List<Long> all() {
        List<Long> all = new ArrayList<>(ids);
        subject.ifPresent(all::add);
        return all;
    }

    /**
     * Chooses the thread of a message: by the first identifier that is known, else, for a reply, by
     * the last thread of its subject; else a new one. RFC 8474 §5.2 leaves the rule to the server.
     *
     * @param found the table's entries for {@link #all}
     */
    public Place place(EmailId message, List<Optional<ThreadId>> found) {
        int by = 0;
        int asked = reply ? found.size() : ids.size();
        while (by < asked && found.get(by).isEmpty()) by++;
        boolean begins = by == asked;
        ThreadId thread = begins ? ThreadId.begunBy(message) : found.get(by).orElseThrow();
        List<Long> entries = new ArrayList<>();
        List<Long> all = all();
        for (int i = 0; i < all.size(); i++) {
            // A subject that is used again stands for its newest thread.
            boolean renews = begins && i == ids.size();
            if (renews || found.get(i).isEmpty()) entries.add(all.get(i));
        }
        return new Place(thread, entries);
    }

    /** 64 bits: to meet another's by accident takes billions of messages in one account. */
    private static long hash(char kind, String text) {
        try {
            var sha = (MessageDigest) SHA_256.clone();
            sha.update((byte) kind);
            return ByteBuffer.wrap(sha.digest(text.getBytes(UTF_8))).getLong();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's can be cloned", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
