package dev.sobre.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.mail.mime.Relations;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Under what a message is found by its kin: hashes of its own Message-ID and of those it refers to,
 * and of its base subject. A backend keeps, for each account, a table from such keys to threads.
 *
 * @param ids most telling first
 * @param subject where the message has one
 * @param reply whether the subject says that the message belongs to another
 */
public record ThreadKeys(List<Long> ids, Optional<Long> subject, boolean reply) {

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

    /**
     * Chooses the thread of a message: by the first identifier that is known, else, for a reply, by
     * the last thread of its subject; else a new one. RFC 8474 §5.2 leaves the rule to the server.
     *
     * @param table what the account's table has for some keys, in their order
     */
    public Place place(EmailId message, Function<List<Long>, List<Optional<ThreadId>>> table) {
        List<Optional<ThreadId>> byId = ids.isEmpty() ? List.of() : table.apply(ids);
        Optional<ThreadId> known = byId.stream().flatMap(Optional::stream).findFirst();
        // Who begins a thread needs not know which one its subject stood for before.
        Optional<ThreadId> bySubject =
                subject.filter(_ -> reply || known.isPresent())
                        .flatMap(key -> table.apply(List.of(key)).getFirst());
        Optional<ThreadId> joined = known.isPresent() || !reply ? known : bySubject;
        List<Long> entries = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) if (byId.get(i).isEmpty()) entries.add(ids.get(i));
        // A subject that is used again stands for its newest thread.
        if (joined.isEmpty() || bySubject.isEmpty()) subject.ifPresent(entries::add);
        return new Place(joined.orElseGet(() -> ThreadId.begunBy(message)), entries);
    }

    /** 64 bits: to meet another's by accident takes billions of messages in one account. */
    private static long hash(char kind, String text) {
        var sha = Sha256.fresh();
        sha.update((byte) kind);
        return ByteBuffer.wrap(sha.digest(text.getBytes(UTF_8))).getLong();
    }
}
