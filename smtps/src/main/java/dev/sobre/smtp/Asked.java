package dev.sobre.smtp;

import dev.sobre.mail.Terms.Returned;
import dev.sobre.smtp.relay.Xtext;
import java.util.List;
import java.util.Set;

/**
 * What a client asks for a mail as a whole, in the parameters of MAIL.
 *
 * @param octets how large it will be (RFC 1870); 0 where nothing is said
 * @param utf8 whether addresses and header may be beyond ASCII (RFC 6531)
 * @param returned what goes back with a report of failure (RFC 3461 §4.3)
 * @param envelopeId ENVID, decoded (RFC 3461 §4.4); empty where there is none
 */
record Asked(long octets, boolean utf8, Returned returned, String envelopeId) {

    private static final Set<String> REPORTS = Set.of("RET", "ENVID");

    static final Asked NOTHING = new Asked(0, false, Returned.UNSAID, "");

    /**
     * Reads them.
     *
     * @param limit the largest message
     * @param reports whether reports are sent, so that wishes about them can be fulfilled
     */
    static Asked of(List<Parameter> parameters, long limit, boolean reports) throws BadMessage {
        Asked asked = NOTHING;
        for (Parameter each : parameters) asked = asked.with(each, limit, reports);
        return asked;
    }

    private Asked with(Parameter parameter, long limit, boolean reports) throws BadMessage {
        if (!reports && REPORTS.contains(parameter.keyword())) throw parameter.unknown();
        String value = parameter.value();
        return switch (parameter.keyword()) {
            case "SIZE" -> new Asked(size(value, limit), utf8, returned, envelopeId);
            case "BODY" -> body(value);
            case "AUTH" -> this; // RFC 4954 §5: accepted; we believe the login, not the client
            case "SMTPUTF8" -> {
                if (!value.isEmpty()) throw bad("SMTPUTF8 stands alone"); // RFC 6531 §3.4
                yield new Asked(octets, true, returned, envelopeId);
            }
            case "RET" -> new Asked(octets, utf8, returned(value), envelopeId);
            case "ENVID" -> new Asked(octets, utf8, returned, id(value));
            default -> throw parameter.unknown();
        };
    }

    private static long size(String value, long limit) throws BadMessage {
        if (!value.matches("[0-9]{1,20}")) throw bad("SIZE wants a number"); // RFC 1870 §4
        if (value.length() > 18 || Long.parseLong(value) > limit) {
            throw new BadMessage(Mail.tooBig(limit));
        }
        return Long.parseLong(value);
    }

    private Asked body(String value) throws BadMessage {
        if (value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME")) return this;
        throw bad("BODY is 7BIT or 8BITMIME");
    }

    private static Returned returned(String value) throws BadMessage {
        if (value.equalsIgnoreCase("FULL")) return Returned.FULL;
        if (value.equalsIgnoreCase("HDRS")) return Returned.HEADERS;
        throw bad("RET is FULL or HDRS");
    }

    // RFC 3461 §4.4: 100 characters, which stand for printable ASCII.
    private static String id(String value) throws BadMessage {
        return Xtext.decode(value)
                .filter(id -> value.length() <= 100)
                .filter(id -> !id.isEmpty() && id.chars().allMatch(c -> c >= ' ' && c < 127))
                .orElseThrow(() -> bad("ENVID wants up to 100 characters of xtext"));
    }

    static BadMessage bad(String why) {
        return new BadMessage(Reply.of(501, "5.5.4", why));
    }
}
