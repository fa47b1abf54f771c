package dev.sobre.mail.search;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * What earlier searches and the text index say of the keys of one search that the packed index
 * can't decide. The text index says nothing of messages that are not indexed yet, and nothing at
 * all once it failed.
 */
final class Narrowing implements AutoCloseable {

    /** What is known of one key. */
    private static final class Leaf {
        final Needle needle;
        final Answer known;
        final Answer.Learner learner;
        final BitSet possible = new BitSet();
        boolean certain; // whether what is possible is so

        Leaf(Needle needle, Answer known, Answer.Learner learner) {
            this.needle = needle;
            this.known = known;
            this.learner = learner;
        }
    }

    private final MailboxId mailbox;
    private final MailboxIndex now;
    private final Answers answers;
    private final Supplier<Optional<Snapshot>> opened;
    private final Consumer<Throwable> failed;
    private @Nullable Snapshot snapshot;
    private final IdentityHashMap<SearchKey, Leaf> leaves = new IdentityHashMap<>();
    private int[] documents = {}; // of the positions that were met, or -1
    private int keys;
    private boolean identities; // are asked for, which the text index does not know
    private int indexed; // of the positions below, all is known
    private boolean broken; // what the index said is not to be kept

    /**
     * @param answers of earlier searches, and of this one at its end
     * @param snapshot is asked once, if there is something to be asked; nothing to know nothing
     * @param failed is told when the index can't be read
     */
    Narrowing(
            MailboxId mailbox,
            MailboxIndex now,
            SearchKey key,
            Answers answers,
            Supplier<Optional<Snapshot>> snapshot,
            Consumer<Throwable> failed) {
        this.mailbox = mailbox;
        this.now = now;
        this.answers = answers;
        this.opened = snapshot;
        this.failed = failed;
        collect(key, SearchKey.DEEPEST);
    }

    private void collect(SearchKey key, int levels) {
        if (levels == 0) throw new IllegalArgumentException("search keys are nested too deeply");
        keys++;
        switch (key) {
            case SearchKey.Not not -> collect(not.key(), levels - 1);
            case SearchKey.And and -> and.keys().forEach(k -> collect(k, levels - 1));
            case SearchKey.Or or -> or.keys().forEach(k -> collect(k, levels - 1));
            case SearchKey.OfEmail email -> identities = true;
            case SearchKey.OfThread thread -> identities = true;
            case SearchKey.Sent sent -> leaves.put(key, leaf(key, ""));
            case SearchKey.Header header -> leaves.put(key, leaf(key, header.text()));
            case SearchKey.Body body -> leaves.put(key, leaf(key, body.text()));
            case SearchKey.Text text -> leaves.put(key, leaf(key, text.text()));
            default -> {}
        }
    }

    private Leaf leaf(SearchKey key, String text) {
        var learner = new Answer.Learner(now.size() == 0 ? 1 : now.uid(0));
        return new Leaf(new Needle(text), answers.known(mailbox, now, key), learner);
    }

    /** Whether the packed index of the mailbox decides all keys. */
    boolean isIdle() {
        return leaves.isEmpty() && !identities;
    }

    /** How many keys there are. */
    int keys() {
        return keys;
    }

    Needle needle(SearchKey key) {
        return leaf(key).needle;
    }

    Truth decide(SearchKey key, int at) {
        Leaf leaf = leaf(key);
        Truth known = leaf.known.of(now.uid(at));
        if (known != Truth.MAYBE || at >= indexed) return known;
        Truth truth = !leaf.possible.get(at) ? Truth.NO : leaf.certain ? Truth.YES : Truth.MAYBE;
        if (truth != Truth.MAYBE) learn(leaf, at, truth == Truth.YES);
        return truth;
    }

    /** Takes note of what was seen in a message. */
    boolean learn(SearchKey key, int at, boolean holds) {
        return learn(leaf(key), at, holds);
    }

    private boolean learn(Leaf leaf, int at, boolean holds) {
        leaf.learner.learn(now.uid(at), holds);
        return holds;
    }

    private Leaf leaf(SearchKey key) {
        Leaf leaf = leaves.get(key);
        if (leaf == null) throw new IllegalStateException("not a key of this search: " + key);
        return leaf;
    }

    /** Asks the text index. */
    void narrow() {
        if (leaves.isEmpty()) return;
        snapshot = opened.get().orElse(null);
        if (snapshot == null) return;
        try {
            Optional<Mark> mark = snapshot.mark(mailbox);
            // Of a mailbox that was restored, or is another one, nothing is known yet.
            if (mark.isEmpty() || mark.get().uidValidity() != now.state().uidValidity()) return;
            int at = now.find(mark.get().uid() + 1);
            int known = at < 0 ? -at - 1 : at;
            documents = new int[known];
            Arrays.fill(documents, -1);
            for (var each : leaves.entrySet()) ask(each.getKey(), each.getValue());
            indexed = known;
        } catch (IOException | RuntimeException | LinkageError e) {
            fail(e);
        }
    }

    private void ask(SearchKey key, Leaf leaf) throws IOException {
        Snapshot index = index();
        Snapshot.Hits possible = (document, uid, day) -> met(leaf, document, now.find(uid));
        switch (key) {
            case SearchKey.Sent sent -> {
                leaf.certain = true;
                index.all(
                        mailbox,
                        (document, uid, day) -> {
                            var sentOn = day.map(LocalDate::ofEpochDay);
                            if (sentOn.isEmpty()) return;
                            if (!sent.when().holds(sentOn.get(), sent.day())) return;
                            met(leaf, document, now.find(uid));
                        });
            }
            case SearchKey.Header header -> {
                var name = HeaderLines.name(header.field());
                if (name.isEmpty()) return; // no message has such a field
                var trigrams = Trigrams.of(leaf.needle.octets());
                if (trigrams.isEmpty()) trigrams = Trigrams.of(withColon(name.get()));
                ask(trigrams, List.of(Fields.HEADERS), possible);
            }
            case SearchKey.Body body ->
                    ask(Trigrams.of(leaf.needle.octets()), List.of(Fields.BODY), possible);
            case SearchKey.Text text ->
                    ask(
                            Trigrams.of(leaf.needle.octets()),
                            List.of(Fields.HEADERS, Fields.BODY),
                            possible);
            default -> throw new IllegalStateException("not a key for the text index: " + key);
        }
    }

    private void ask(List<BytesRef> trigrams, List<String> fields, Snapshot.Hits hits)
            throws IOException {
        if (trigrams.isEmpty()) index().all(mailbox, hits);
        else index().having(mailbox, trigrams, fields, hits);
    }

    private void met(Leaf leaf, int document, int at) {
        if (at < 0 || at >= documents.length) return;
        documents[at] = document;
        leaf.possible.set(at);
    }

    private static byte[] withColon(byte[] name) {
        byte[] more = Arrays.copyOf(name, name.length + 1);
        more[name.length] = ':';
        return more;
    }

    /** The text of a message, if the index has all of it. */
    Optional<Contents> contents(int at) {
        if (identities || at >= indexed || documents[at] < 0) return Optional.empty();
        try {
            return index().text(documents[at]).map(IndexedContents::new);
        } catch (IOException | RuntimeException | LinkageError e) {
            fail(e);
            return Optional.empty();
        }
    }

    private void fail(Throwable why) {
        indexed = 0;
        broken = true;
        failed.accept(why);
    }

    private Snapshot index() {
        if (snapshot == null) throw new IllegalStateException("there is no index");
        return snapshot;
    }

    @Override
    public void close() {
        if (!broken) leaves.forEach((key, leaf) -> answers.learn(mailbox, now, key, leaf.learner));
        if (snapshot == null) return;
        try {
            snapshot.close();
        } catch (IOException e) {
            failed.accept(e);
        }
    }
}
