package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.mail.search.SearchKey;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a client looks for (RFC 3501 §6.4.4), as it wrote it: which messages its numbers mean is
 * known in a mailbox only.
 *
 * @param fuzzy those of its keys that need not match exactly (RFC 6203)
 * @param keys how many there are, at any depth
 * @param needed the features that its keys belong to
 * @param numbered whether it has sequence numbers
 * @param labelled whether it names a charset of its own choice
 */
record SearchProgram(
        Condition condition,
        List<Condition> fuzzy,
        int keys,
        Set<Feature> needed,
        boolean numbered,
        boolean labelled) {

    SearchProgram {
        fuzzy = List.copyOf(fuzzy);
    }

    /** What is asked for in a mailbox. */
    interface Condition {
        SearchKey in(Numbers numbers);
    }

    SearchKey in(Numbers numbers) {
        return condition.in(numbers);
    }

    /** Those of its keys that need not match exactly. */
    List<SearchKey> fuzzyIn(Numbers numbers) {
        return fuzzy.stream().map(each -> each.in(numbers)).toList();
    }

    /** Whether it asks for mod-sequences, and is told some. RFC 7162 §3.1.5. */
    boolean modSeqs() {
        return needed.contains(Feature.CONDSTORE);
    }

    /**
     * Reads an optional CHARSET and the keys, to the end of the line.
     *
     * @return nothing when the charset is not known; then the keys are not read
     */
    static Optional<SearchProgram> parse(ImapReader in) throws BadMessage, IOException {
        if (!in.takeWord("CHARSET")) return Optional.of(keys(in, StandardCharsets.UTF_8, false));
        in.space();
        return parse(in, /* optional= */ true);
    }

    /** Reads a charset, without the word, and the keys, to the end of the line. RFC 5256. */
    static Optional<SearchProgram> parseWithCharset(ImapReader in) throws BadMessage, IOException {
        return parse(in, /* optional= */ false);
    }

    private static Optional<SearchProgram> parse(ImapReader in, boolean optional)
            throws BadMessage, IOException {
        Optional<Charset> charset = charset(in.astring());
        in.space();
        if (charset.isEmpty()) return Optional.empty();
        boolean labelled = optional || !charset.get().equals(StandardCharsets.UTF_8);
        return Optional.of(keys(in, charset.get(), labelled));
    }

    private static SearchProgram keys(ImapReader in, Charset charset, boolean labelled)
            throws BadMessage, IOException {
        var program = SearchGrammar.program(in, charset, labelled);
        in.endOfLine();
        return program;
    }

    /** Refuses what is not offered, and what the client has given up by enabling an extension. */
    void requireAllowed(Client client) throws BadMessage {
        for (Feature feature : needed) client.require(feature);
        if (numbered && client.has(Extension.UIDONLY)) throw Verbs.numbered();
        // RFC 9755 §3: that would contradict what it has enabled.
        if (labelled && client.has(Extension.UTF8_ACCEPT)) {
            throw new BadMessage("with UTF8=ACCEPT the charset is UTF-8; leave CHARSET out");
        }
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
