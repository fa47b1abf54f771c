package dev.sobre.smtp;

import dev.sobre.mail.Terms.Returned;
import dev.sobre.mail.Timing;
import dev.sobre.smtp.relay.Xtext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for a mail as a whole, in the parameters of MAIL.
 *
 * @param said the parameters as they came
 * @param octets how large it will be (RFC 1870); 0 where nothing is said
 * @param binary whether parts may be of any octets (RFC 3030 §3)
 * @param utf8 whether addresses and header may be beyond ASCII (RFC 6531)
 * @param returned what goes back with a report of failure (RFC 3461 §4.3)
 * @param envelopeId ENVID, decoded (RFC 3461 §4.4); empty where there is none
 * @param priority from -9 to 9, the higher the sooner (RFC 6710)
 * @param timing when it is to arrive (RFC 4865, RFC 2852)
 */
record Asked(
        List<Parameter> said,
        long octets,
        boolean binary,
        boolean utf8,
        Returned returned,
        String envelopeId,
        int priority,
        Timing timing) {

    /**
     * Reads them.
     *
     * @param limit the largest message
     * @param store whether the mail goes to a store, which sends reports and has a queue
     * @param longestHold how long it may wait there; zero for not at all
     */
    static Asked of(List<Parameter> said, long limit, boolean store, Duration longestHold)
            throws BadMessage {
        Map<String, String> left = new HashMap<>();
        for (Parameter each : said) left.put(each.keyword(), each.value());
        look(take(left, "AUTH"));
        var asked =
                new Asked(
                        List.copyOf(said),
                        size(take(left, "SIZE"), limit),
                        binary(take(left, "BODY")),
                        utf8(take(left, "SMTPUTF8")),
                        returned(take(left, "RET", store)),
                        id(take(left, "ENVID", store)),
                        priority(take(left, "MT-PRIORITY", store)),
                        TimingReader.read(left, store, longestHold, Instant.now()));
        for (Parameter each : said) {
            if (left.containsKey(each.keyword())) throw each.unknown();
        }
        return asked;
    }

    // RFC 4954 §5: it changes nothing: we believe the login, not the client.
    private static void look(Optional<String> auth) throws BadMessage {
        if (auth.isPresent() && Xtext.decode(auth.get()).orElse("").isEmpty()) {
            throw bad("AUTH wants an address in xtext, or <>");
        }
    }

    private static Optional<String> take(Map<String, String> from, String keyword) {
        return Optional.ofNullable(from.remove(keyword));
    }

    private static Optional<String> take(Map<String, String> from, String keyword, boolean known) {
        return known ? take(from, keyword) : Optional.empty();
    }

    private static long size(Optional<String> value, long limit) throws BadMessage {
        if (value.isEmpty()) return 0;
        String digits = value.get();
        if (!digits.matches("[0-9]{1,20}")) throw bad("SIZE wants a number"); // RFC 1870 §4
        if (digits.length() > 18 || Long.parseLong(digits) > limit) {
            throw new BadMessage(Mail.tooBig(limit));
        }
        return Long.parseLong(digits);
    }

    private static boolean binary(Optional<String> value) throws BadMessage {
        return switch (value.orElse("7BIT").toUpperCase(Locale.ROOT)) {
            case "7BIT", "8BITMIME" -> false;
            case "BINARYMIME" -> true;
            default -> throw bad("BODY is 7BIT, 8BITMIME or BINARYMIME");
        };
    }

    private static boolean utf8(Optional<String> value) throws BadMessage {
        if (!value.orElse("").isEmpty()) throw bad("SMTPUTF8 stands alone"); // RFC 6531 §3.4
        return value.isPresent();
    }

    private static Returned returned(Optional<String> value) throws BadMessage {
        if (value.isEmpty()) return Returned.UNSAID;
        if (value.get().equalsIgnoreCase("FULL")) return Returned.FULL;
        if (value.get().equalsIgnoreCase("HDRS")) return Returned.HEADERS;
        throw bad("RET is FULL or HDRS");
    }

    // RFC 3461 §4.4: 100 characters, which stand for printable ASCII.
    private static String id(Optional<String> value) throws BadMessage {
        if (value.isEmpty()) return "";
        return Xtext.decode(value.get())
                .filter(id -> value.get().length() <= 100)
                .filter(id -> !id.isEmpty() && id.chars().allMatch(c -> c >= ' ' && c < 127))
                .orElseThrow(() -> bad("ENVID wants up to 100 characters of xtext"));
    }

    // RFC 6710 §7: no sign before zero.
    private static int priority(Optional<String> value) throws BadMessage {
        if (value.isEmpty()) return 0;
        if (!value.get().matches("0|-?[1-9]")) throw bad("MT-PRIORITY is a number from -9 to 9");
        return Integer.parseInt(value.get());
    }

    static BadMessage bad(String why) {
        return new BadMessage(Reply.of(501, "5.5.4", why));
    }
}
