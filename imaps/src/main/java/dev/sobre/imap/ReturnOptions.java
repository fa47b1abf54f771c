package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * RETURN: what a client wants to hear of what it looks for. RFC 9051 §6.4.4; RFC 5267 §4; RFC 9394
 * §3.1.
 */
record ReturnOptions(Set<Option> options, Optional<PartialRange> partial) {

    /** One of the words that can be said. */
    enum Option {
        MIN,
        MAX,
        ALL,
        COUNT,
        /** Keep the result as {@code $}. RFC 5182. */
        SAVE,
        /** How well each message matches. RFC 6203 §4. */
        RELEVANCY,
        /** It may be asked for again. RFC 5267 §4.2: a hint, of which nothing comes here. */
        CONTEXT,
        /** Tell of changes to the result. RFC 5267 §4.3. */
        UPDATE
    }

    /** What an empty list means (RFC 4731 §3.1), and IMAP4rev2 when there is none. */
    static final ReturnOptions ALL = new ReturnOptions(EnumSet.of(Option.ALL), Optional.empty());

    /** Reads {@code RETURN (…)} and a space, if they are there. */
    static Optional<ReturnOptions> parse(ImapReader in) throws BadMessage {
        if (!in.takeWord("RETURN")) return Optional.empty();
        in.space();
        var options = list(in);
        in.space();
        return Optional.of(options);
    }

    private static ReturnOptions list(ImapReader in) throws BadMessage {
        in.expect('(');
        if (in.take(')')) return ALL;
        Set<Option> options = EnumSet.noneOf(Option.class);
        Optional<PartialRange> partial = Optional.empty();
        do {
            String word = in.keyword();
            if (!word.equals("PARTIAL")) {
                options.add(option(word));
                continue;
            }
            in.space();
            if (partial.isPresent()) throw new BadMessage("there can be one PARTIAL only");
            partial = Optional.of(PartialRange.parse(in));
        } while (in.take(' '));
        in.expect(')');
        // RFC 9394 §3.1: a command has one PARTIAL, one ALL, or neither.
        if (partial.isPresent() && options.contains(Option.ALL)) {
            throw new BadMessage("PARTIAL and ALL exclude each other");
        }
        return new ReturnOptions(options, partial);
    }

    private static Option option(String word) throws BadMessage {
        for (Option each : Option.values()) if (each.name().equals(word)) return each;
        throw new BadMessage("there is no such thing to RETURN");
    }

    /**
     * Refuses what belongs to a feature that is not offered.
     *
     * @param sorted whether it is said in SORT
     */
    void requireOffered(Client client, boolean sorted) throws BadMessage {
        Feature context = sorted ? Feature.CONTEXT_SORT : Feature.CONTEXT_SEARCH;
        client.require(sorted ? Feature.ESORT : Feature.ESEARCH);
        if (has(Option.SAVE)) client.require(Feature.SEARCHRES);
        if (has(Option.CONTEXT) || has(Option.UPDATE)) client.require(context);
        if (partial.isPresent() && !client.offers(context)) client.require(Feature.PARTIAL);
    }

    boolean has(Option option) {
        return options.contains(option);
    }

    /** RFC 9051 §6.4.4: SAVE without anything to return is not answered. */
    boolean isAnswered() {
        boolean counted = has(Option.ALL) || has(Option.COUNT) || has(Option.RELEVANCY);
        return counted || namesSome() || !has(Option.SAVE);
    }

    /** RFC 5182 §2.4, RFC 9394 §3.2: what is named is saved, all where all is named or counted. */
    boolean namesSome() {
        if (has(Option.ALL) || has(Option.COUNT)) return false;
        return partial.isPresent() || has(Option.MIN) || has(Option.MAX);
    }
}
