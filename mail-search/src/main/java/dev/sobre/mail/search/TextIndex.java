package dev.sobre.mail.search;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The texts of messages and their trigrams in a directory of Lucene's. One thread writes; snapshots
 * can be taken on any.
 */
final class TextIndex implements AutoCloseable {

    // Says at its first use that the vector module is not there, which nothing here would need.
    private static final java.util.logging.Logger VECTORS =
            java.util.logging.Logger.getLogger("org.apache.lucene.internal.vectorization");
    private static final Logger LOG = LoggerFactory.getLogger(TextIndex.class);

    static {
        VECTORS.setLevel(Level.SEVERE);
    }

    private static final FieldType TRIGRAMS = new FieldType();

    static {
        TRIGRAMS.setIndexOptions(IndexOptions.DOCS);
        TRIGRAMS.setOmitNorms(true);
        TRIGRAMS.setTokenized(true);
        TRIGRAMS.freeze();
    }

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Trigrams headers = new Trigrams();
    private final Trigrams body = new Trigrams();

    private TextIndex(Directory directory, IndexWriter writer) throws IOException {
        this.directory = directory;
        this.writer = writer;
        this.searchers = new SearcherManager(writer, new Searchers());
    }

    /**
     * Opens what is there, or begins anew.
     *
     * @throws CorruptIndexException when a checksum is wrong, or it is not one of ours
     */
    static TextIndex open(Path place, SearchSettings settings) throws IOException {
        var directory = new ReadFiles(place);
        try {
            if (DirectoryReader.indexExists(directory)) check(directory);
            return new TextIndex(directory, new IndexWriter(directory, configuration(settings)));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static IndexWriterConfig configuration(SearchSettings settings) {
        var merges = new Merges();
        merges.setMaxMergesAndThreads(2, 1);
        var number = new SortField(Fields.NUMBER, SortField.Type.LONG);
        var uid = new SortField(Fields.UID, SortField.Type.LONG);
        return new IndexWriterConfig()
                .setRAMBufferSizeMB(settings.indexing().memory() / 1048576.0)
                .setMergeScheduler(merges)
                .setIndexSort(new Sort(number, uid))
                .setCommitOnClose(false)
                .setUseCompoundFile(true);
    }

    /** Reads all of it once: what was damaged on the disk must not look like an answer. */
    private static void check(Directory directory) throws IOException {
        try (var reader = DirectoryReader.open(directory)) {
            String form = reader.getIndexCommit().getUserData().get("form");
            if (!Fields.FORM.equals(form)) {
                throw new CorruptIndexException("made in another form", String.valueOf(form));
            }
            for (LeafReaderContext leaf : reader.leaves()) {
                if (leaf.reader() instanceof CodecReader each) each.checkIntegrity();
            }
        }
    }

    /** Adds a message that is not there yet; without a text, searches read the message itself. */
    void add(MailboxId mailbox, long uid, Optional<LocalDate> sent, @Nullable FoldedText text)
            throws IOException {
        var document = new Document();
        document.add(new StringField(Fields.MAILBOX, Fields.octets(mailbox), Field.Store.NO));
        Term key = Fields.message(mailbox, uid);
        document.add(new StringField(key.field(), key.bytes(), Field.Store.NO));
        document.add(new NumericDocValuesField(Fields.NUMBER, mailbox.number()));
        document.add(new NumericDocValuesField(Fields.UID, uid));
        if (sent.isPresent()) {
            long day = sent.get().toEpochDay();
            document.add(new NumericDocValuesField(Fields.SENT, day));
        }
        if (text == null || text.cut()) {
            document.add(new StringField(Fields.CUT, "", Field.Store.NO));
        } else {
            document.add(new BinaryDocValuesField(Fields.TEXT, Packing.pack(text)));
            var octets = text.octets();
            document.add(
                    new Field(Fields.HEADERS, headers.over(octets, 0, text.partsEnd()), TRIGRAMS));
            document.add(
                    new Field(
                            Fields.BODY,
                            body.over(octets, text.partsEnd(), octets.length),
                            TRIGRAMS));
        }
        writer.addDocument(document);
    }

    void remove(MailboxId mailbox, long uid) throws IOException {
        writer.deleteDocuments(Fields.message(mailbox, uid));
    }

    /** Removes a mailbox and its mark. */
    void forget(MailboxId mailbox) throws IOException {
        writer.deleteDocuments(Fields.mailbox(mailbox), Fields.mark(mailbox));
    }

    /** Removes an account's mailboxes and their marks. */
    void forget(AccountId account) throws IOException {
        var prefix = Fields.account(account);
        writer.deleteDocuments(
                new PrefixQuery(new Term(Fields.MAILBOX, prefix)),
                new PrefixQuery(new Term(Fields.MARK, prefix)));
    }

    /** Says how far a mailbox is indexed; seen and durable no sooner than what it speaks of. */
    void mark(MailboxId mailbox, Mark mark) throws IOException {
        Term key = Fields.mark(mailbox);
        var document = new Document();
        document.add(new StringField(key.field(), key.bytes(), Field.Store.NO));
        document.add(new NumericDocValuesField(Fields.NUMBER, mailbox.number()));
        document.add(new NumericDocValuesField(Fields.UID, mark.uid()));
        document.add(new NumericDocValuesField(Fields.MODSEQ, mark.modSeq()));
        document.add(new NumericDocValuesField(Fields.UIDVALIDITY, mark.uidValidity()));
        writer.updateDocument(key, document);
    }

    /** Lets searches see what was written. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    void commit() throws IOException {
        writer.setLiveCommitData(Map.of("form", Fields.FORM).entrySet());
        writer.commit();
    }

    Snapshot snapshot() throws IOException {
        return new Snapshot(searchers);
    }

    /** Drops what was not committed; snapshots stay good. */
    @Override
    public void close() throws IOException {
        try (directory;
                searchers) {
            writer.rollback();
        }
    }

    /** What a merge fails of, the writer says to whoever writes next. */
    private static final class Merges extends ConcurrentMergeScheduler {
        @Override
        protected void handleMergeException(Throwable failed) {
            LOG.debug("merging failed", failed);
        }
    }

    /** A cache of answers would be asked with each search, and rarely have one. */
    private static final class Searchers extends SearcherFactory {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
            var searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            return searcher;
        }
    }
}
