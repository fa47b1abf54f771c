package dev.sobre.smtp;

import dev.sobre.mail.Account;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.util.ContentUtil;

/** Looks at who a message says it is from. RFC 6409 §6.1, §8.1; RFC 5322 §3.6.2. */
record Authors(FromRule rule, Mailroom mailroom, Account account) {

    /** The fields whose values must be known. */
    static final Set<String> FIELDS = Set.of("from", "sender", "resent-from", "resent-sender");

    /** What is wrong with the authors of a header. */
    Optional<Reply> problem(Map<String, List<String>> header) {
        if (rule == FromRule.ANY) return Optional.empty();
        var from = header.getOrDefault("from", List.of());
        if (from.isEmpty()) return refused("5.6.0", "the message has no From field");
        if (from.size() > 1) return refused("5.6.0", "the message has more than one From field");
        // RFC 5322 §3.6.6: the newest block of Resent fields comes first.
        String asked = header.getOrDefault("resent-from", from).getFirst();
        List<Mailbox> authors = addresses(asked);
        if (authors.isEmpty())
            return refused("5.6.0", "the From field names no address, or is too long");
        boolean own = authors.stream().map(Authors::path).allMatch(this::owns);
        if (!own) return refused("5.7.1", "the From field has an address that is not your own");
        return header.containsKey("resent-from")
                ? resent(header)
                : sender(header.getOrDefault("sender", List.of()));
    }

    /** RFC 5322 §3.6.2: who sends it, where that is not all of its authors, or not said by From. */
    private Optional<Reply> sender(List<String> fields) {
        if (fields.isEmpty()) return Optional.empty();
        var named = addresses(fields.getFirst());
        boolean own = fields.size() == 1 && named.size() == 1 && owns(path(named.getFirst()));
        return own
                ? Optional.empty()
                : refused("5.7.1", "the Sender field is to have one address, of your own");
    }

    /** Mail that is sent on stays that of its authors, but not of others here: who would know? */
    private Optional<Reply> resent(Map<String, List<String>> header) {
        boolean known =
                Stream.of("from", "sender", "resent-sender")
                        .flatMap(field -> header.getOrDefault(field, List.of()).stream())
                        .map(Authors::addresses)
                        .allMatch(all -> !all.isEmpty() && all.stream().allMatch(this::mayStand));
        return known
                ? Optional.empty()
                : refused(
                        "5.7.1", "the message is in the name of somebody else here, or of nobody");
    }

    private boolean mayStand(Mailbox author) {
        return owns(path(author)) || isElsewhere(path(author));
    }

    /** RFC 5322 §3.6.2: several authors need a Sender. */
    String missing(Map<String, List<String>> header) {
        var from = header.getOrDefault("from", List.of());
        boolean several = from.size() == 1 && addresses(from.getFirst()).size() > 1;
        boolean lacks = several && !header.containsKey("sender");
        return lacks ? "Sender: <" + account.address() + ">\r\n" : "";
    }

    private boolean owns(Optional<MailPath> author) {
        return author.map(path -> mailroom.owns(account, path)).orElse(false);
    }

    private boolean isElsewhere(Optional<MailPath> author) {
        return author.map(mailroom::isElsewhere).orElse(false);
    }

    /** Empty where the address has a part only. */
    private static Optional<MailPath> path(Mailbox author) {
        String domain = author.getDomain();
        if (domain == null || author.getLocalPart() == null) return Optional.empty();
        return Optional.of(new MailPath(author.getLocalPart(), domain.toLowerCase(Locale.ROOT)));
    }

    /** The parser is given octets: of text, it loses the end of what is beyond ASCII. */
    private static List<Mailbox> addresses(String field) {
        var octets = ContentUtil.encode(StandardCharsets.UTF_8, field);
        var all = new ParserCursor(0, octets.length());
        return LenientAddressParser.DEFAULT.parseAddressList(octets, all).flatten();
    }

    private static Optional<Reply> refused(String status, String why) {
        return Optional.of(Reply.of(550, status, why));
    }
}
