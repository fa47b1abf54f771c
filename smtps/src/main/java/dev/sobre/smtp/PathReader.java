package dev.sobre.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the path of a MAIL or RCPT command (RFC 5321 §4.1.2) and leaves what follows it. */
final class PathReader {

    private static final int LONGEST = 256; // §4.5.3.1.3, brackets included
    private static final int LONGEST_LOCAL = 64; // §4.5.3.1.1

    private final String text;
    private final String status; // 5.1.7 for senders, 5.1.3 for recipients (RFC 3463 §3.2)
    private int at;

    /**
     * @param text the command's argument, from {@code FROM:} or {@code TO:} on
     * @param word that word, with its colon
     */
    PathReader(String text, String word, String status) throws BadMessage {
        this.text = text;
        this.status = status;
        if (!text.regionMatches(true, 0, word, 0, word.length())) {
            throw new BadMessage(Reply.of(501, "5.5.4", "I expected " + word + "<address>"));
        }
        at = word.length();
        while (peek() == ' ') at++; // not in the grammar, but several clients write it
    }

    /** {@code <>} is empty. */
    Optional<MailPath> reversePath() throws BadMessage {
        if (text.startsWith("<>", at)) {
            at += 2;
            return Optional.empty();
        }
        return Optional.of(path());
    }

    /** {@code <Postmaster>} has no domain (§4.1.1.3). */
    MailPath forwardPath() throws BadMessage {
        String postmaster = "<postmaster>";
        if (text.regionMatches(true, at, postmaster, 0, postmaster.length())) {
            var path = new MailPath(text.substring(at + 1, at + postmaster.length() - 1), "");
            at += postmaster.length();
            return path;
        }
        return path();
    }

    /** What stands behind the path: the parameters. */
    String rest() throws BadMessage {
        if (at < text.length() && peek() != ' ') throw bad("there is text right after the address");
        return text.substring(at).strip();
    }

    private MailPath path() throws BadMessage {
        int start = at;
        expect('<');
        if (peek() == '@') sourceRoute();
        String local = peek() == '"' ? quotedString() : dotString();
        if (octets(local) > LONGEST_LOCAL) throw bad("the part before the @ is too long");
        expect('@');
        String domain = domain();
        expect('>');
        if (octets(text.substring(start, at)) > LONGEST) throw bad("the address is too long");
        return new MailPath(local, domain);
    }

    // §4.1.1.3, appendix C: source routes are accepted and ignored.
    private void sourceRoute() throws BadMessage {
        while (peek() == '@') {
            at++;
            domain();
            if (peek() == ',') at++;
        }
        expect(':');
    }

    private String dotString() throws BadMessage {
        int start = at;
        while (Grammar.isAtom(peek()) || peek() == '.') at++;
        String local = text.substring(start, at);
        if (!Grammar.isDotString(local)) throw bad("the part before the @ is not well formed");
        return local;
    }

    private String quotedString() throws BadMessage {
        var local = new StringBuilder();
        expect('"');
        while (peek() != '"') {
            if (peek() == '\\') at++;
            char c = peek();
            if (c < ' ' || (c > 126 && !Grammar.isBeyondAscii(c)))
                throw bad("the quoted part before the @ is not well formed");
            local.append(c);
            at++;
        }
        expect('"');
        if (local.isEmpty()) throw bad("the part before the @ is empty");
        return local.toString();
    }

    private String domain() throws BadMessage {
        int start = at;
        boolean literal = peek() == '['; // which may have colons in it
        while (peek() > ' ' && ((literal && peek() == ':') || ">,:".indexOf(peek()) < 0)) {
            at++;
        }
        String domain = text.substring(start, at);
        if (Grammar.isDomain(domain) || Grammar.isAddressLiteral(domain)) return domain;
        throw bad("the part after the @ is not a domain");
    }

    private void expect(char c) throws BadMessage {
        if (peek() != c) throw bad("I expected an address in the form <name@domain>");
        at++;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private BadMessage bad(String why) {
        return new BadMessage(Reply.of(501, status, why));
    }
}
