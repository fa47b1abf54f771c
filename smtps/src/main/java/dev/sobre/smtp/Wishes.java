package dev.sobre.smtp;

import dev.sobre.mail.Terms.Notify;
import dev.sobre.smtp.relay.Xtext;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a client asks for one recipient, in the parameters of RCPT (RFC 3461 §4.1, §4.2).
 *
 * @param tellOf what to report; none given: delay and failure
 * @param originalRecipient ORCPT as it came; empty where there is none
 */
record Wishes(Set<Notify> tellOf, String originalRecipient) {

    static final Wishes NONE = new Wishes(Set.of(), "");

    Wishes {
        tellOf = Set.copyOf(tellOf);
    }

    /**
     * Reads them.
     *
     * @param reports whether reports are sent, so that wishes about them can be fulfilled
     */
    static Wishes of(List<Parameter> parameters, boolean reports) throws BadMessage {
        Wishes wishes = NONE;
        for (Parameter each : parameters) {
            if (!reports) throw each.unknown();
            wishes =
                    switch (each.keyword()) {
                        case "NOTIFY" -> new Wishes(notify(each.value()), wishes.originalRecipient);
                        case "ORCPT" -> new Wishes(wishes.tellOf, originalRecipient(each.value()));
                        default -> throw each.unknown();
                    };
        }
        return wishes;
    }

    private static Set<Notify> notify(String value) throws BadMessage {
        var all = EnumSet.noneOf(Notify.class);
        for (String word : value.split(",", -1)) {
            Notify each;
            try {
                each = Notify.valueOf(word.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw Asked.bad("NOTIFY is NEVER, or some of SUCCESS, FAILURE and DELAY");
            }
            all.add(each);
        }
        if (all.contains(Notify.NEVER) && all.size() > 1) {
            throw Asked.bad("NOTIFY=NEVER stands alone");
        }
        return all;
    }

    // RFC 3461 §4.2: up to 500 characters. RFC 6533 §3: those of type utf-8 are encoded otherwise.
    private static String originalRecipient(String value) throws BadMessage {
        String[] parts = value.split(";", 2);
        boolean good =
                parts.length == 2
                        && value.length() <= 500
                        && parts[0].matches("[A-Za-z0-9][A-Za-z0-9-]*")
                        && !parts[1].isEmpty()
                        && (parts[0].equalsIgnoreCase("utf-8")
                                ? parts[1].chars().noneMatch(c -> c == '=' || c == '+')
                                : Xtext.decode(parts[1]).isPresent());
        if (!good) throw Asked.bad("ORCPT wants a type, a semicolon and an address in xtext");
        return value;
    }
}
