package dev.sobre.mail.search;

import dev.sobre.mail.MailboxId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The index as it is at one moment. Used by one thread at a time; holds files until closed. */
final class Snapshot implements AutoCloseable {

    /** Takes the documents of messages. */
    interface Hits {
        void hit(int document, long uid, Optional<Long> sentDay);
    }

    private final SearcherManager searchers;
    private final IndexSearcher searcher;
    private final List<LeafReaderContext> leaves;
    private final @Nullable BinaryDocValues[] texts;

    Snapshot(SearcherManager searchers) throws IOException {
        this.searchers = searchers;
        this.searcher = searchers.acquire();
        this.leaves = searcher.getIndexReader().leaves();
        this.texts = new BinaryDocValues[leaves.size()];
    }

    /** How far a mailbox is indexed; empty when nothing is known of it. */
    Optional<Mark> mark(MailboxId mailbox) throws IOException {
        Term term = Fields.mark(mailbox);
        for (var context : leaves) {
            LeafReader leaf = context.reader();
            PostingsEnum found = leaf.postings(term, PostingsEnum.NONE);
            if (found == null) continue;
            Bits live = leaf.getLiveDocs();
            for (int d = found.nextDoc(); d != PostingsEnum.NO_MORE_DOCS; d = found.nextDoc()) {
                if (live == null || live.get(d)) return Optional.of(mark(leaf, d));
            }
        }
        return Optional.empty();
    }

    private static Mark mark(LeafReader leaf, int document) throws IOException {
        return new Mark(
                value(leaf, Fields.UIDVALIDITY, document),
                value(leaf, Fields.UID, document),
                value(leaf, Fields.MODSEQ, document));
    }

    private static long value(LeafReader leaf, String field, int document) throws IOException {
        NumericDocValues values = DocValues.getNumeric(leaf, field);
        return values.advanceExact(document) ? values.longValue() : 0;
    }

    /** The mailboxes that have a mark here, those of an account in a row; some more than once. */
    void marked(Consumer<MailboxId> each) throws IOException {
        for (var leaf : leaves) {
            Terms terms = leaf.reader().terms(Fields.MARK);
            if (terms == null) continue;
            TermsEnum some = terms.iterator();
            for (var term = some.next(); term != null; term = some.next()) {
                each.accept(Fields.mailbox(term));
            }
        }
    }

    /** All messages of a mailbox. */
    void all(MailboxId mailbox, Hits hits) throws IOException {
        run(new TermQuery(Fields.mailbox(mailbox)), hits);
    }

    /** The messages of a mailbox that may have a text with these trigrams in one of the fields. */
    void having(MailboxId mailbox, List<BytesRef> trigrams, List<String> fields, Hits hits)
            throws IOException {
        var which = new BooleanQuery.Builder();
        for (String field : fields) {
            var each = new BooleanQuery.Builder();
            for (var trigram : trigrams) {
                each.add(new TermQuery(new Term(field, trigram)), Occur.FILTER);
            }
            which.add(each.build(), Occur.SHOULD);
        }
        which.add(new TermQuery(new Term(Fields.CUT, "")), Occur.SHOULD);
        run(
                new BooleanQuery.Builder()
                        .add(new TermQuery(Fields.mailbox(mailbox)), Occur.FILTER)
                        .add(which.build(), Occur.FILTER)
                        .build(),
                hits);
    }

    private void run(Query query, Hits hits) throws IOException {
        var weight =
                searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (var context : leaves) {
            var scorer = weight.scorer(context);
            if (scorer == null) continue;
            LeafReader leaf = context.reader();
            Bits live = leaf.getLiveDocs();
            NumericDocValues uids = DocValues.getNumeric(leaf, Fields.UID);
            NumericDocValues days = DocValues.getNumeric(leaf, Fields.SENT);
            DocIdSetIterator found = scorer.iterator();
            for (int d = found.nextDoc(); d != DocIdSetIterator.NO_MORE_DOCS; d = found.nextDoc()) {
                if ((live != null && !live.get(d)) || !uids.advanceExact(d)) continue;
                Optional<Long> day =
                        days.advanceExact(d) ? Optional.of(days.longValue()) : Optional.empty();
                hits.hit(context.docBase + d, uids.longValue(), day);
            }
        }
    }

    /** The text of a message; empty when it is not here as a whole. */
    Optional<FoldedText> text(int document) throws IOException {
        int at = ReaderUtil.subIndex(document, leaves);
        int own = document - leaves.get(at).docBase;
        BinaryDocValues values = texts[at];
        if (values == null || values.docID() >= own) {
            values = DocValues.getBinary(leaves.get(at).reader(), Fields.TEXT);
            texts[at] = values;
        }
        if (!values.advanceExact(own)) return Optional.empty();
        return Optional.of(Packing.unpack(values.binaryValue()));
    }

    @Override
    public void close() throws IOException {
        searchers.release(searcher);
    }
}
