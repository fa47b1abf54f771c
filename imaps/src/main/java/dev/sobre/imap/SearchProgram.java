package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.mail.search.SearchKey;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client looks for (RFC 3501 §6.4.4), as it wrote it: which messages its numbers mean is
 * known in a mailbox only.
 *
 * @param modSeqs whether it asks for mod-sequences, and is told some (RFC 7162 §3.1.5)
 * @param numbered whether it has sequence numbers
 */
record SearchProgram(Condition condition, boolean modSeqs, boolean numbered) {

    /** What is asked for in a mailbox. */
    interface Condition {
        SearchKey in(Numbers numbers);
    }

    SearchKey in(Numbers numbers) {
        return condition.in(numbers);
    }

    /**
     * Reads an optional CHARSET and the keys, to the end of the line.
     *
     * @return nothing when the charset is not known; then the keys are not read
     */
    static Optional<SearchProgram> parse(ImapReader in) throws BadMessage, IOException {
        if (!in.takeWord("CHARSET")) return Optional.of(keys(in, StandardCharsets.UTF_8));
        in.space();
        return parseWithCharset(in);
    }

    /** Reads a charset, without the word, and the keys, to the end of the line. RFC 5256. */
    static Optional<SearchProgram> parseWithCharset(ImapReader in) throws BadMessage, IOException {
        Optional<Charset> charset = charset(in.astring());
        in.space();
        return charset.isPresent() ? Optional.of(keys(in, charset.get())) : Optional.empty();
    }

    private static SearchProgram keys(ImapReader in, Charset charset)
            throws BadMessage, IOException {
        var program = SearchGrammar.program(in, charset);
        in.endOfLine();
        return program;
    }

    private static Optional<Charset> charset(String name) {
        // Clients say US-ASCII and mean what they send.
        if (name.toUpperCase(Locale.ROOT).equals("US-ASCII")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** The answer to a charset that is not known. RFC 5256 §3: a NO, and what would do. */
    static Reply badCharset() {
        return Reply.no(Reply.BAD_CHARSET, "that charset is not known here");
    }
}
