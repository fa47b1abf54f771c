package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.line.LineConnection;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.util.Optional;

/**
 * The tagged answer to a command (RFC 3501 §7.1).
 *
 * @param code the response code without its brackets, or empty
 * @param next the state that follows, when it is another one
 */
record Reply(Status status, String code, String text, Optional<State> next) {

    /** The code of RFC 3501 §7.1 for a search in a charset that won't do, with those that will. */
    static final String BAD_CHARSET = "BADCHARSET (UTF-8 US-ASCII)";

    /** What became of the command. */
    enum Status {
        OK,
        NO,
        BAD
    }

    static Reply ok(String text) {
        return new Reply(Status.OK, "", text, Optional.empty());
    }

    static Reply no(String code, String text) {
        return new Reply(Status.NO, code, text, Optional.empty());
    }

    static Reply bad(String text) {
        return new Reply(Status.BAD, "", text, Optional.empty());
    }

    /** What the store refused, with the codes of RFC 5530. */
    static Reply refused(StoreException e) {
        String code =
                switch (e.reason()) {
                    case EXISTS -> "ALREADYEXISTS";
                    case MISSING -> "NONEXISTENT";
                    case REFUSED -> "CANNOT";
                    case OVER_QUOTA, FULL -> "OVERQUOTA";
                    case LIMIT -> "LIMIT";
                    case TOO_LARGE -> "TOOBIG";
                    case UNAVAILABLE -> "UNAVAILABLE";
                    case DAMAGED -> "CORRUPTION";
                };
        return no(code, String.valueOf(e.getMessage()));
    }

    /** What the grammar refused. */
    static Reply refused(BadMessage e) {
        String text = String.valueOf(e.getMessage());
        return switch (e.weight()) {
            case SYNTAX -> bad(text);
            case NUMBERED -> bad(text).code("UIDREQUIRED");
            // RFC 9755 §3 says BAD. But Angus Mail, once it has enabled UTF8=ACCEPT, cuts the
            // characters it looks for to eight bits; told NO, it looks for them itself.
            case CHARSET -> no(BAD_CHARSET, text);
            case TOO_BIG, FATAL -> no("TOOBIG", text);
        };
    }

    Reply code(String responseCode) {
        return new Reply(status, responseCode, text, next);
    }

    /** A refusal that is logged, with the session's name. */
    Reply signed(LineConnection connection) {
        String before = status + (code.isEmpty() ? " " : " [" + code + "] ");
        return new Reply(status, code, connection.signed(before, text), next);
    }

    Reply then(State state) {
        return new Reply(status, code, text, Optional.of(state));
    }

    void write(String tag, ImapWriter out) throws IOException {
        out.put(tag).put(' ').put(status.name()).put(' ');
        if (!code.isEmpty()) out.put('[').put(code).put("] ");
        out.text(text).endLine();
    }
}
