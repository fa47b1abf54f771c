package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.mail.Flag;
import dev.sobre.mail.search.SearchKey;
import dev.sobre.mail.search.SearchKey.Arrived;
import dev.sobre.mail.search.SearchKey.Has;
import dev.sobre.mail.search.SearchKey.Not;
import dev.sobre.mail.search.SearchKey.Sent;
import dev.sobre.mail.search.SearchKey.When;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a SEARCH asks for (RFC 3501 §6.4.4), as the client wrote it: which messages its numbers mean
 * is known in a mailbox only.
 */
interface SearchProgram {

    /**
     * What is asked for in a mailbox.
     *
     * @throws BadMessage when a sequence number is beyond the last
     */
    SearchKey in(MailboxView view) throws BadMessage;

    /** Reads keys up to the end of the command or list; all of them must hold. */
    static SearchProgram all(ImapReader in) throws BadMessage, IOException {
        List<SearchProgram> programs = new ArrayList<>();
        do programs.add(parse(in));
        while (in.take(' '));
        if (programs.size() == 1) return programs.getFirst();
        return view -> {
            List<SearchKey> keys = new ArrayList<>();
            for (var each : programs) keys.add(each.in(view));
            return new SearchKey.And(keys);
        };
    }

    private static SearchProgram parse(ImapReader in) throws BadMessage, IOException {
        if (in.isDigitNext() || in.isNext('*')) {
            var numbers = in.sequenceSet();
            return view -> new SearchKey.Uids(view.resolve(numbers, false));
        }
        in.enter();
        SearchProgram program;
        if (in.take('(')) {
            program = all(in);
            in.expect(')');
        } else {
            program = named(in.keyword(), in);
        }
        in.leave();
        return program;
    }

    private static SearchProgram named(String name, ImapReader in) throws BadMessage, IOException {
        return switch (name) {
            case "ALL" -> key(new SearchKey.All());
            case "NEW" -> view -> new SearchKey.And(recent(view), new Not(new Has(Flag.SEEN)));
            case "OLD" -> view -> new Not(recent(view));
            case "RECENT" -> SearchProgram::recent;
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
                yield withArgument(name, in);
            }
        };
    }

    private static SearchProgram withArgument(String name, ImapReader in)
            throws BadMessage, IOException {
        return switch (name) {
            case "KEYWORD" -> key(new SearchKey.Keyword(in.atom()));
            case "UNKEYWORD" -> key(new Not(new SearchKey.Keyword(in.atom())));
            case "LARGER" -> key(new SearchKey.Larger(in.number()));
            case "SMALLER" -> key(new SearchKey.Smaller(in.number()));
            case "UID" -> {
                var uids = in.sequenceSet();
                yield view -> new SearchKey.Uids(view.resolve(uids, true));
            }
            case "BEFORE" -> key(new Arrived(When.BEFORE, in.date()));
            case "ON" -> key(new Arrived(When.ON, in.date()));
            case "SINCE" -> key(new Arrived(When.SINCE, in.date()));
            case "SENTBEFORE" -> key(new Sent(When.BEFORE, in.date()));
            case "SENTON" -> key(new Sent(When.ON, in.date()));
            case "SENTSINCE" -> key(new Sent(When.SINCE, in.date()));
            case "BCC", "CC", "FROM", "SUBJECT", "TO" ->
                    key(new SearchKey.Header(name, in.astring()));
            case "BODY" -> key(new SearchKey.Body(in.astring()));
            case "TEXT" -> key(new SearchKey.Text(in.astring()));
            case "HEADER" -> {
                String field = in.astring();
                in.space();
                yield key(new SearchKey.Header(field, in.astring()));
            }
            case "NOT" -> {
                var program = parse(in);
                yield view -> new Not(program.in(view));
            }
            case "OR" -> {
                var first = parse(in);
                in.space();
                var second = parse(in);
                yield view -> new SearchKey.Or(first.in(view), second.in(view));
            }
            default -> throw new BadMessage("SEARCH knows no such key");
        };
    }

    /** What means the same in every mailbox. */
    private static SearchProgram key(SearchKey key) {
        return view -> key;
    }

    private static SearchKey recent(MailboxView view) {
        return new SearchKey.Uids(view.recent());
    }
}
