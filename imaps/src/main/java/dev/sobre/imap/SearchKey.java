package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.Flag;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** One condition of a SEARCH. RFC 3501 §6.4.4. */
sealed interface SearchKey {

    record All() implements SearchKey {}

    /** New to this session, see {@link MailboxView}. */
    record Recent() implements SearchKey {}

    record And(List<SearchKey> keys) implements SearchKey {}

    record Or(SearchKey first, SearchKey second) implements SearchKey {}

    record Not(SearchKey key) implements SearchKey {}

    record Numbers(SequenceSet set) implements SearchKey {}

    record Uids(SequenceSet set) implements SearchKey {}

    record Has(Flag flag) implements SearchKey {}

    record Keyword(String keyword) implements SearchKey {}

    record Larger(long octets) implements SearchKey {}

    record Smaller(long octets) implements SearchKey {}

    /** The internal date, as a day in UTC. */
    record Arrived(When when, LocalDate day) implements SearchKey {}

    /** The day of the Date field. */
    record Sent(When when, LocalDate day) implements SearchKey {}

    /** A field of the header contains a text; any content will do when it is empty. */
    record Header(String field, String text) implements SearchKey {}

    /** A text in the body. */
    record Body(String text) implements SearchKey {}

    /** A text in the header or the body. */
    record Text(String text) implements SearchKey {}

    /** How a day compares to the one given. */
    enum When {
        BEFORE,
        ON,
        SINCE;

        boolean holds(LocalDate day, LocalDate than) {
            return switch (this) {
                case BEFORE -> day.isBefore(than);
                case ON -> day.equals(than);
                case SINCE -> !day.isBefore(than);
            };
        }
    }

    /** Reads keys up to the end of the command or list; all of them must hold. */
    static SearchKey all(ImapReader in) throws BadMessage, IOException {
        List<SearchKey> keys = new ArrayList<>();
        do keys.add(parse(in));
        while (in.take(' '));
        return keys.size() == 1 ? keys.getFirst() : new And(List.copyOf(keys));
    }

    private static SearchKey parse(ImapReader in) throws BadMessage, IOException {
        if (in.isDigitNext() || in.isNext('*')) return new Numbers(in.sequenceSet());
        in.enter();
        SearchKey key;
        if (in.take('(')) {
            key = all(in);
            in.expect(')');
        } else {
            key = named(in.keyword(), in);
        }
        in.leave();
        return key;
    }

    private static SearchKey named(String name, ImapReader in) throws BadMessage, IOException {
        return switch (name) {
            case "ALL" -> new All();
            case "NEW" -> new And(List.of(new Recent(), new Not(new Has(Flag.SEEN))));
            case "OLD" -> new Not(new Recent());
            case "RECENT" -> new Recent();
            case "ANSWERED" -> new Has(Flag.ANSWERED);
            case "DELETED" -> new Has(Flag.DELETED);
            case "DRAFT" -> new Has(Flag.DRAFT);
            case "FLAGGED" -> new Has(Flag.FLAGGED);
            case "SEEN" -> new Has(Flag.SEEN);
            case "UNANSWERED" -> new Not(new Has(Flag.ANSWERED));
            case "UNDELETED" -> new Not(new Has(Flag.DELETED));
            case "UNDRAFT" -> new Not(new Has(Flag.DRAFT));
            case "UNFLAGGED" -> new Not(new Has(Flag.FLAGGED));
            case "UNSEEN" -> new Not(new Has(Flag.SEEN));
            default -> {
                in.space();
                yield withArgument(name, in);
            }
        };
    }

    private static SearchKey withArgument(String name, ImapReader in)
            throws BadMessage, IOException {
        return switch (name) {
            case "KEYWORD" -> new Keyword(in.atom());
            case "UNKEYWORD" -> new Not(new Keyword(in.atom()));
            case "LARGER" -> new Larger(in.number());
            case "SMALLER" -> new Smaller(in.number());
            case "UID" -> new Uids(in.sequenceSet());
            case "BEFORE" -> new Arrived(When.BEFORE, in.date());
            case "ON" -> new Arrived(When.ON, in.date());
            case "SINCE" -> new Arrived(When.SINCE, in.date());
            case "SENTBEFORE" -> new Sent(When.BEFORE, in.date());
            case "SENTON" -> new Sent(When.ON, in.date());
            case "SENTSINCE" -> new Sent(When.SINCE, in.date());
            case "BCC", "CC", "FROM", "SUBJECT", "TO" -> new Header(name, in.astring());
            case "BODY" -> new Body(in.astring());
            case "TEXT" -> new Text(in.astring());
            case "HEADER" -> {
                String field = in.astring();
                in.space();
                yield new Header(field, in.astring());
            }
            case "NOT" -> new Not(parse(in));
            case "OR" -> {
                SearchKey first = parse(in);
                in.space();
                yield new Or(first, parse(in));
            }
            default -> throw new BadMessage("SEARCH knows no such key");
        };
    }
}
