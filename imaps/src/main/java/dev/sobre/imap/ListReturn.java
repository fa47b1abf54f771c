package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an extended LIST tells of each mailbox. RFC 5258 §3.2; RFC 5819 (STATUS). Children and
 * special uses are told without being asked for.
 *
 * @param subscribed whether it is subscribed
 * @param specialUse what it is for
 * @param myRights what the user may do with it (RFC 8440)
 * @param status its counters; none when they are not wanted
 * @param metadata its entries of these names (RFC 9590)
 */
record ListReturn(
        boolean subscribed,
        boolean specialUse,
        boolean myRights,
        List<StatusItem> status,
        List<String> metadata) {

    /** What everybody is told. */
    static final ListReturn PLAIN = new ListReturn(false, false, false, List.of(), List.of());

    static ListReturn parse(ImapReader in) throws BadMessage, IOException {
        boolean subscribed = false;
        boolean specialUse = false;
        boolean myRights = false;
        List<StatusItem> status = List.of();
        List<String> metadata = List.of();
        in.expect('(');
        if (in.take(')')) return PLAIN;
        do {
            switch (in.keyword()) {
                case "SUBSCRIBED" -> subscribed = true;
                case "CHILDREN" -> {} // is there anyway
                case "SPECIAL-USE" -> specialUse = true;
                case "MYRIGHTS" -> myRights = true;
                case "STATUS" -> {
                    in.space();
                    status = Status.items(in);
                }
                case "METADATA" -> {
                    in.space();
                    metadata = Annotations.names(in);
                }
                default -> throw unknown();
            }
        } while (in.take(' '));
        in.expect(')');
        return new ListReturn(subscribed, specialUse, myRights, status, metadata);
    }

    void requireOffered(Client client) throws BadMessage {
        if (myRights) client.require(Feature.LIST_MYRIGHTS);
        if (!status.isEmpty()) client.require(Feature.LIST_STATUS);
        if (!metadata.isEmpty()) client.require(Feature.LIST_METADATA);
        if (specialUse) client.require(Feature.SPECIAL_USE);
        Status.requireOffered(status, client);
    }

    /** A parenthesised list of known words, maybe empty. */
    static Set<String> words(ImapReader in, Set<String> known) throws BadMessage {
        Set<String> words = new HashSet<>();
        in.expect('(');
        if (in.take(')')) return words;
        do {
            String word = in.keyword();
            if (!known.contains(word)) throw unknown();
            words.add(word);
        } while (in.take(' '));
        in.expect(')');
        return words;
    }

    private static BadMessage unknown() {
        return new BadMessage("LIST knows no such option");
    }
}
