package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.imap.FetchItem.Partial;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.Section;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A relative IMAP URL that names a message or a part of one (RFC 5092 §7), as CATENATE has them.
 *
 * @param mailbox empty for the selected one
 * @param uidValidity 0 when it does not matter
 */
record MessageUrl(
        Optional<String> mailbox,
        long uidValidity,
        long uid,
        Section section,
        Optional<Partial> partial) {

    private static final String NUMBER = "(\\d{1,10})";
    private static final Pattern FORM =
            Pattern.compile(
                    ("(?:/([^;]+?))?(?:;UIDVALIDITY=" + NUMBER + ")?/?;UID=" + NUMBER)
                            + "(?:/;SECTION=([^;]+?))?"
                            + ("(?:/;PARTIAL=" + NUMBER + "(?:\\." + NUMBER + ")?)?"),
                    Pattern.CASE_INSENSITIVE);

    /** The URL, or empty when it is none of this kind. */
    static Optional<MessageUrl> parse(String text) throws IOException {
        Matcher url = FORM.matcher(text);
        if (!url.matches()) return Optional.empty();
        try {
            var mailbox = Optional.ofNullable(url.group(1)).map(MessageUrl::decoded);
            String section = Optional.ofNullable(url.group(4)).map(MessageUrl::decoded).orElse("");
            return Optional.of(
                    new MessageUrl(
                            mailbox,
                            number(url, 2).orElse(0L),
                            number(url, 3).orElse(0L),
                            Section.of(section),
                            partial(url)));
        } catch (BadMessage | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Partial> partial(Matcher url) {
        return number(url, 5)
                .map(from -> new Partial(from, number(url, 6).orElse((long) Integer.MAX_VALUE)));
    }

    private static Optional<Long> number(Matcher url, int group) {
        return Optional.ofNullable(url.group(group)).map(Long::valueOf);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}
