package dev.sobre.imap;

import dev.sobre.imap.SearchProgram.Condition;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.Flag;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.search.Loosening;
import dev.sobre.mail.search.SearchKey;
import dev.sobre.mail.search.SearchKey.Arrived;
import dev.sobre.mail.search.SearchKey.Has;
import dev.sobre.mail.search.SearchKey.Not;
import dev.sobre.mail.search.SearchKey.Saved;
import dev.sobre.mail.search.SearchKey.Sent;
import dev.sobre.mail.search.SearchKey.When;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads search keys. RFC 9051 §9, search-key, with those of RFC 5032, 6203, 7162, 8474, 8514 and
 * 9738.
 */
final class SearchGrammar {

    private static final Set<String> ENTRY_TYPES = Set.of("ALL", "PRIV", "SHARED");

    private final ImapReader in;
    private final Charset charset;
    private final Set<Feature> needed = EnumSet.noneOf(Feature.class);
    private final List<Condition> fuzzy = new ArrayList<>();
    private int keys;
    private boolean inFuzzy;
    private boolean numbered;

    private SearchGrammar(ImapReader in, Charset charset) {
        this.in = in;
        this.charset = charset;
    }

    /**
     * Reads keys up to the end of the line.
     *
     * @param charset of the strings
     */
    static SearchProgram program(ImapReader in, Charset charset, boolean labelled)
            throws BadMessage, IOException {
        var grammar = new SearchGrammar(in, charset);
        Condition condition = grammar.all();
        return new SearchProgram(
                condition, grammar.fuzzy, grammar.keys, grammar.needed, grammar.numbered, labelled);
    }

    /** Keys up to the end of the line or list; all of them must hold. */
    private Condition all() throws BadMessage, IOException {
        List<Condition> conditions = new ArrayList<>();
        do conditions.add(one());
        while (in.take(' '));
        if (conditions.size() == 1) return conditions.getFirst();
        return numbers -> {
            List<SearchKey> keys = new ArrayList<>(conditions.size());
            for (var each : conditions) keys.add(each.in(numbers));
            return new SearchKey.And(keys);
        };
    }

    private Condition one() throws BadMessage, IOException {
        keys++;
        if (in.isDigitNext() || in.isNext('*') || in.isNext('$')) {
            var set = in.sequenceSet();
            use(set);
            numbered = numbered || !set.isSaved();
            return numbers -> new SearchKey.Uids(numbers.sequence(set));
        }
        in.enter();
        Condition condition;
        if (in.take('(')) {
            condition = all();
            in.expect(')');
        } else {
            condition = named(in.keyword());
        }
        in.leave();
        return condition;
    }

    private Condition named(String name) throws BadMessage, IOException {
        return switch (name) {
            // RFC 8514 §4.3: this store always knows when a message was saved.
            case "SAVEDATESUPPORTED" -> key(Feature.SAVEDATE, new SearchKey.All());
            case "ALL" -> key(new SearchKey.All());
            case "NEW" ->
                    numbers -> new SearchKey.And(recent(numbers), new Not(new Has(Flag.SEEN)));
            case "OLD" -> numbers -> new Not(recent(numbers));
            case "RECENT" -> SearchGrammar::recent;
            case "ANSWERED" -> key(new Has(Flag.ANSWERED));
            case "DELETED" -> key(new Has(Flag.DELETED));
            case "DRAFT" -> key(new Has(Flag.DRAFT));
            case "FLAGGED" -> key(new Has(Flag.FLAGGED));
            case "SEEN" -> key(new Has(Flag.SEEN));
            case "UNANSWERED" -> key(new Not(new Has(Flag.ANSWERED)));
            case "UNDELETED" -> key(new Not(new Has(Flag.DELETED)));
            case "UNDRAFT" -> key(new Not(new Has(Flag.DRAFT)));
            case "UNFLAGGED" -> key(new Not(new Has(Flag.FLAGGED)));
            case "UNSEEN" -> key(new Not(new Has(Flag.SEEN)));
            default -> {
                in.space();
                yield withArgument(name);
            }
        };
    }

    private Condition withArgument(String name) throws BadMessage, IOException {
        return switch (name) {
            case "KEYWORD" -> key(new SearchKey.Keyword(in.atom()));
            case "UNKEYWORD" -> key(new Not(new SearchKey.Keyword(in.atom())));
            case "LARGER" -> key(new SearchKey.Larger(in.number()));
            case "SMALLER" -> key(new SearchKey.Smaller(in.number()));
            case "UID" -> {
                var uids = in.sequenceSet();
                use(uids);
                yield numbers -> new SearchKey.Uids(numbers.uids(uids));
            }
            case "UIDAFTER" -> beyond(/* after= */ true);
            case "UIDBEFORE" -> beyond(/* after= */ false);
            case "BEFORE" -> key(new Arrived(When.BEFORE, in.date()));
            case "ON" -> key(new Arrived(When.ON, in.date()));
            case "SINCE" -> key(new Arrived(When.SINCE, in.date()));
            case "SENTBEFORE" -> key(new Sent(When.BEFORE, in.date()));
            case "SENTON" -> key(new Sent(When.ON, in.date()));
            case "SENTSINCE" -> key(new Sent(When.SINCE, in.date()));
            case "SAVEDBEFORE" -> key(Feature.SAVEDATE, new Saved(When.BEFORE, in.date()));
            case "SAVEDON" -> key(Feature.SAVEDATE, new Saved(When.ON, in.date()));
            case "SAVEDSINCE" -> key(Feature.SAVEDATE, new Saved(When.SINCE, in.date()));
            case "OLDER" -> key(Feature.WITHIN, new SearchKey.Older(in.nonZero()));
            case "YOUNGER" -> key(Feature.WITHIN, new SearchKey.Younger(in.nonZero()));
            case "MODSEQ" -> modSeq();
            case "EMAILID" -> key(Feature.OBJECTID, new SearchKey.OfEmail(in.atom()));
            case "THREADID" -> key(Feature.OBJECTID, new SearchKey.OfThread(in.atom()));
            case "BCC", "CC", "FROM", "SUBJECT", "TO" -> key(new SearchKey.Header(name, text()));
            case "BODY" -> key(new SearchKey.Body(text()));
            case "TEXT" -> key(new SearchKey.Text(text()));
            case "HEADER" -> {
                String field = in.astring();
                in.space();
                yield key(new SearchKey.Header(field, text()));
            }
            case "FUZZY" -> fuzzy();
            case "NOT" -> {
                var condition = one();
                yield numbers -> new Not(condition.in(numbers));
            }
            case "OR" -> {
                var first = one();
                in.space();
                var second = one();
                yield numbers -> new SearchKey.Or(first.in(numbers), second.in(numbers));
            }
            default -> throw new BadMessage("SEARCH knows no such key");
        };
    }

    /**
     * RFC 6203 §3: what follows need not match exactly. Where that was said before it is not
     * loosened once more, down to letters that are everywhere, at many times the work.
     */
    private Condition fuzzy() throws BadMessage, IOException {
        needed.add(Feature.SEARCH_FUZZY);
        if (inFuzzy) return one();
        inFuzzy = true;
        var exact = one();
        inFuzzy = false;
        fuzzy.add(exact);
        return numbers -> Loosening.steps(exact.in(numbers)).getLast();
    }

    /**
     * RFC 7162 §3.1.5: a message has one MODSEQ for all its metadata, so that the name and type of
     * an entry are read and have no meaning.
     */
    private Condition modSeq() throws BadMessage {
        if (in.isNext('"')) {
            if (!in.quoted().startsWith("/flags/")) {
                throw new BadMessage("the entry of a MODSEQ looks like \"/flags/name\"");
            }
            in.space();
            if (!ENTRY_TYPES.contains(in.keyword())) {
                throw new BadMessage("the type of a MODSEQ's entry is all, priv or shared");
            }
            in.space();
        }
        return key(Feature.CONDSTORE, new SearchKey.ModSeq(in.modSeqOrZero()));
    }

    /** RFC 9738 §3.2: the messages beyond one UID, or beyond all that {@code $} means. */
    private Condition beyond(boolean after) throws BadMessage {
        needed.add(Feature.MESSAGELIMIT);
        if (!in.isNext('$')) return key(new SearchKey.Uids(beyond(UidSet.of(in.nonZero()), after)));
        var saved = in.sequenceSet();
        use(saved);
        return numbers -> new SearchKey.Uids(beyond(numbers.uids(saved), after));
    }

    private static UidSet beyond(UidSet some, boolean after) {
        if (some.isEmpty()) return UidSet.NONE;
        if (!after) return UidSet.ALL.below(some.ranges().getFirst().first());
        return UidSet.ALL.minus(UidSet.range(1, some.ranges().getLast().last()));
    }

    private String text() throws BadMessage, IOException {
        return in.astring(charset);
    }

    /** Takes note that {@code $} belongs to a feature. */
    private void use(SequenceSet set) {
        if (set.isSaved()) needed.add(Feature.SEARCHRES);
    }

    /** A key that belongs to a feature. */
    private Condition key(Feature feature, SearchKey key) {
        needed.add(feature);
        return key(key);
    }

    /** What means the same in every mailbox. */
    private static Condition key(SearchKey key) {
        return numbers -> key;
    }

    private static SearchKey recent(Numbers numbers) {
        return new SearchKey.Uids(numbers.recent());
    }
}
