package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.mail.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which mailboxes an extended LIST selects. RFC 5258 §3.1; RFC 6154 §4 (SPECIAL-USE). REMOTE adds
 * nothing, since no mailbox is remote.
 *
 * @param subscribed subscribed names, whether they exist or not
 * @param specialUse mailboxes that are for something
 * @param recursive also parents of what is selected
 */
record ListSelection(boolean subscribed, boolean specialUse, boolean recursive) {

    /** Whatever exists. */
    static final ListSelection ALL = new ListSelection(false, false, false);

    private static final Set<String> KNOWN =
            Set.of("SUBSCRIBED", "REMOTE", "RECURSIVEMATCH", "SPECIAL-USE");

    static ListSelection parse(ImapReader in) throws BadMessage {
        Set<String> words = ListReturn.words(in, KNOWN);
        var selection =
                new ListSelection(
                        words.contains("SUBSCRIBED"),
                        words.contains("SPECIAL-USE"),
                        words.contains("RECURSIVEMATCH"));
        // RFC 5258 §3.1: it makes sense only with another.
        if (selection.recursive && selection.criteria().isEmpty()) {
            throw new BadMessage("RECURSIVEMATCH needs another option beside it");
        }
        return selection;
    }

    /** Whether the mailbox, or a parent that does not exist itself, is selected. */
    boolean matches(Mailbox mailbox, boolean parent) {
        if (subscribed && !mailbox.subscribed()) return false;
        if (specialUse && mailbox.use().isEmpty()) return false;
        return subscribed || mailbox.exists() || parent;
    }

    /** The options that narrow the choice. */
    private List<String> criteria() {
        List<String> criteria = new ArrayList<>(2);
        if (subscribed) criteria.add("\"SUBSCRIBED\"");
        if (specialUse) criteria.add("\"SPECIAL-USE\"");
        return criteria;
    }

    /** What tells that something below a mailbox is selected. RFC 5258 §3.5. */
    Optional<String> childInfo() {
        return recursive
                ? Optional.of("\"CHILDINFO\" (" + String.join(" ", criteria()) + ")")
                : Optional.empty();
    }
}
