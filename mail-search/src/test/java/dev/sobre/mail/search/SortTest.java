package dev.sobre.mail.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.mail.search.SortKey.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders of messages. RFC 5256; RFC 5957. */
class SortTest {

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox =
            store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();

    private void fill() {
        mail(
                "2020-01-03T00:00:00Z",
                "From: Zoe <bob@example.org>",
                "To: x@example.org",
                "Subject: Re: beta",
                "Date: 1 Jan 2001 10:00:00 +0000");
        mail(
                "2020-01-02T00:00:00Z",
                "From: =?UTF-8?B?w4RubmE=?= <Carl@example.org>",
                "To: Bob <b@c>",
                "Subject: [list] ALPHA (fwd)",
                "Date: 1 Jan 2001 10:30:00 +0100",
                "X-Makes: it the largest");
        mail("2000-06-01T00:00:00Z", "From: ann@example.org", "Subject: Beta");
        mail("2020-01-01T00:00:00Z", "Subject: ", "Date: never");
    }

    private void mail(String date, String... header) {
        byte[] octets = (String.join("\r\n", header) + "\r\n\r\nx").getBytes(UTF_8);
        Mails.append(store, inbox, octets, Flags.NONE, Instant.parse(date));
    }

    @ParameterizedTest
    @CsvSource({
        "ARRIVAL, '3 4 2 1'",
        "REVERSE ARRIVAL, '1 2 4 3'",
        "DATE, '3 2 1 4'", // 2 was sent before 1; 3 and 4 count as they arrived
        "FROM, '4 3 1 2'",
        "DISPLAYFROM, '4 3 2 1'", // nothing, the address, Änna as A with dots, Zoe
        "REVERSE DISPLAYFROM, '1 2 3 4'",
        "DISPLAYTO, '3 4 2 1'",
        "TO, '3 4 2 1'",
        "CC, '1 2 3 4'",
        "SUBJECT, '4 2 1 3'", // of one base subject the first comes first
        "REVERSE SUBJECT, '1 3 2 4'", // also in reverse
        "SUBJECT REVERSE DATE, '4 2 1 3'",
        "SUBJECT DATE, '4 2 3 1'",
        "REVERSE SIZE, '2 1 3 4'"
    })
    void sorts(String order, String expected) {
        fill();
        assertEquals(expected, sorted(order));
    }

    private String sorted(String words) {
        List<SortKey> order = new ArrayList<>();
        boolean reverse = false;
        for (String word : words.split(" ")) {
            if (word.equals("REVERSE")) {
                reverse = true;
            } else {
                order.add(new SortKey(Field.valueOf(word), reverse));
                reverse = false;
            }
        }
        var now = store.index(inbox);
        try (var search = Search.scanning(store, SearchSettings.DEFAULTS)) {
            return search.sort(inbox, now, UidSet.ALL, order, () -> false).stream()
                    .map(place -> Long.toString(place.uid()))
                    .collect(Collectors.joining(" "));
        }
    }

    /** RFC 5256 §7: i;unicode-casemap; a text sorts before those it is the beginning of. */
    @Test
    void comparesTextsWithoutCase() {
        for (String subject : List.of("zz", "straSSE", "ab", "ÄB", "Abc", "a", "äb")) {
            mail("2020-01-01T00:00:00Z", "Subject: " + subject);
        }
        assertEquals("6 3 5 4 7 2 1", sorted("SUBJECT"));
        assertEquals("1 2 4 7 5 3 6", sorted("REVERSE SUBJECT"));
    }

    @Test
    void leavesOutWhatIsGone() {
        fill();
        var before = store.index(inbox);
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.DELETED);
        store.store(inbox, UidSet.of(2), deleted, Long.MAX_VALUE);
        store.expunge(inbox, UidSet.ALL);
        try (var search = Search.scanning(store, SearchSettings.DEFAULTS)) {
            var order = List.of(new SortKey(Field.SUBJECT, false));
            var places = search.sort(inbox, before, UidSet.ALL, order, () -> false);
            assertEquals(List.of(4L, 1L, 3L), places.stream().map(SortPlace::uid).toList());
        }
    }

    @Test
    void canBeCancelled() {
        fill();
        try (var search = Search.scanning(store, SearchSettings.DEFAULTS)) {
            var order = List.of(new SortKey(Field.SUBJECT, false));
            var now = store.index(inbox);
            var stopped =
                    assertThrows(
                            SearchStopped.class,
                            () -> search.sort(inbox, now, UidSet.ALL, order, () -> true));
            assertEquals("CANCELLED", stopped.reason().toString().toUpperCase(Locale.ROOT));
        }
    }
}
