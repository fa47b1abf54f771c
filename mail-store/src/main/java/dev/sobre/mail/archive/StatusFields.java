package dev.sobre.mail.archive;

import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Numbering;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The header fields in which programs keep a message's state in an mbox: Dovecot, UW and mutt, and
 * Thunderbird. They are no part of the message. Gmail's labels are one, and are looked at.
 */
final class StatusFields {

    private static final Set<String> STATE =
            Set.of(
                    "status",
                    "x-status",
                    "x-keywords",
                    "x-uid",
                    "x-imap",
                    "x-imapbase",
                    "x-mozilla-status",
                    "x-mozilla-status2",
                    "x-mozilla-keys",
                    "content-length");

    private final List<String> keywords = new ArrayList<>();
    private int bits;
    private long uid;
    private Optional<Numbering> numbers = Optional.empty();
    private Optional<Instant> date = Optional.empty();

    /** Takes a field; whether it is one of these, and so not the message's own. */
    boolean take(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) return false;
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        String value = line.substring(colon + 1).strip();
        switch (name) {
            case "status" -> set('R', value, Flag.SEEN);
            case "x-status" -> status(value);
            case "x-uid" -> uid = UidList.number(value);
            case "x-keywords", "x-mozilla-keys" -> keywords.addAll(words(value));
            case "x-imap", "x-imapbase" -> base(words(value));
            case "x-mozilla-status" -> mozilla(value);
            case "x-gmail-labels" -> gmail(value);
            case "date" -> date = date(value);
            default -> {}
        }
        return STATE.contains(name);
    }

    Flags flags() {
        return Flags.of(bits, keywords);
    }

    long uid() {
        return uid;
    }

    Optional<Numbering> numbers() {
        return numbers;
    }

    /** What the {@code Date} field says. */
    Optional<Instant> date() {
        return date;
    }

    private void status(String value) {
        set('A', value, Flag.ANSWERED);
        set('F', value, Flag.FLAGGED);
        set('T', value, Flag.DRAFT);
        set('D', value, Flag.DELETED);
    }

    private void set(char letter, String value, Flag flag) {
        if (value.indexOf(letter) >= 0) bits |= flag.bit();
    }

    /** {@code 1700000000 0000000123}: UIDVALIDITY and the last UID, then keywords. */
    private void base(List<String> words) {
        if (words.size() < 2) return;
        long last = UidList.number(words.get(1));
        numbers = UidList.numbers(UidList.number(words.getFirst()), last + 1);
    }

    private void mozilla(String value) {
        if (!value.matches("[0-9a-fA-F]{1,8}")) return;
        int status = Integer.parseUnsignedInt(value, 16);
        if ((status & 0x1) != 0) bits |= Flag.SEEN.bit();
        if ((status & 0x2) != 0) bits |= Flag.ANSWERED.bit();
        if ((status & 0x4) != 0) bits |= Flag.FLAGGED.bit();
        if ((status & 0x8) != 0) bits |= Flag.DELETED.bit(); // expunged, and not compacted yet
    }

    private void gmail(String labels) {
        var all = List.of(labels.split(" *, *", -1));
        if (!all.contains("Unread")) bits |= Flag.SEEN.bit();
        if (all.contains("Starred")) bits |= Flag.FLAGGED.bit();
        if (all.contains("Drafts")) bits |= Flag.DRAFT.bit();
    }

    private static List<String> words(String value) {
        return List.of(value.split("\\s+")).stream().filter(w -> !w.isEmpty()).toList();
    }

    private static Optional<Instant> date(String value) {
        int comment = value.indexOf('(');
        String text = (comment < 0 ? value : value.substring(0, comment)).strip();
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
