package dev.sobre.mail.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.mail.search.SearchKey.When;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key, alone and combined, with and without an index. */
class KeysTest {

    private static final LocalDate FEBRUARY_3 = LocalDate.of(2025, 2, 3);

    @TempDir Path directory;

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox =
            store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();

    private void fill() {
        var words = Flags.parse(List.of("\\Seen", "$Work"));
        mail("Date: Mon, 3 Feb 2025 23:30:00 -0800\r\n\r\none", Flags.SEEN, "2025-02-04T07:30:00Z");
        mail("Date: 4 Feb 25 00:30 +0900\r\n\r\ntwo two", words, "2025-02-03T15:30:00Z");
        mail("Subject: no date\r\n\r\nthree", Flags.DELETED, "2020-01-01T00:00:00Z");
        mail("Date: nonsense\r\n\r\nfour", Flags.NONE, Instant.now().toString());
    }

    private void mail(String text, Flags flags, String date) {
        Mails.append(store, inbox, text.getBytes(UTF_8), flags, Instant.parse(date));
    }

    static Stream<Arguments> keys() {
        var one = new SearchKey.Body("one");
        var two = new SearchKey.Body("two");
        var seen = new SearchKey.Has(Flag.SEEN);
        var yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        return Stream.of(
                Arguments.of(new SearchKey.All(), "1:4"),
                Arguments.of(seen, "1:2"),
                Arguments.of(new SearchKey.Not(seen), "3:4"),
                Arguments.of(new SearchKey.Keyword("$work"), "2"),
                Arguments.of(new SearchKey.Uids(UidSet.range(2, 3)), "2:3"),
                Arguments.of(new SearchKey.Larger(41), "1"),
                Arguments.of(new SearchKey.Smaller(41), "2:4"),
                Arguments.of(new SearchKey.Arrived(When.ON, FEBRUARY_3), "2"),
                Arguments.of(new SearchKey.Arrived(When.BEFORE, FEBRUARY_3), "3"),
                Arguments.of(new SearchKey.Arrived(When.SINCE, FEBRUARY_3), "1:2,4"),
                Arguments.of(new SearchKey.Saved(When.SINCE, yesterday), "1:4"),
                Arguments.of(new SearchKey.Saved(When.BEFORE, yesterday), ""),
                Arguments.of(new SearchKey.Sent(When.ON, FEBRUARY_3), "1"),
                Arguments.of(new SearchKey.Sent(When.SINCE, FEBRUARY_3), "1:2"),
                Arguments.of(new SearchKey.Sent(When.BEFORE, FEBRUARY_3.plusDays(1)), "1"),
                Arguments.of(new SearchKey.Not(new SearchKey.Sent(When.ON, FEBRUARY_3)), "2:4"),
                Arguments.of(new SearchKey.Older(86_400), "1:3"),
                Arguments.of(new SearchKey.Younger(86_400), "4"),
                Arguments.of(new SearchKey.And(), "1:4"),
                Arguments.of(new SearchKey.Or(), ""),
                Arguments.of(new SearchKey.And(seen, two), "2"),
                Arguments.of(new SearchKey.Or(one, two), "1:2"),
                Arguments.of(new SearchKey.Or(new SearchKey.Not(seen), two), "2:4"),
                Arguments.of(new SearchKey.Not(new SearchKey.Or(one, two)), "3:4"),
                Arguments.of(
                        new SearchKey.Not(new SearchKey.And(seen, new SearchKey.Not(two))), "2:4"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void finds(SearchKey key, String uids) {
        fill();
        try (var scan = Search.scanning(store, SearchSettings.DEFAULTS);
                var search = Search.open(store, directory, Mails.FAST)) {
            assertEquals(uids, scan.find(inbox, key).toString());
            assertEquals(uids, search.find(inbox, key).toString());
            Mails.awaitIndexed(search);
            assertEquals(uids, search.find(inbox, key).toString());
        }
    }

    @Test
    void modSeqIsThatOrHigher() {
        fill();
        long third = store.index(inbox).modSeq(2);
        try (var scan = Search.scanning(store, SearchSettings.DEFAULTS)) {
            assertEquals("3:4", scan.find(inbox, new SearchKey.ModSeq(third)).toString());
        }
    }

    /** RFC 8474 §6. The text index knows no identities, and must not say that nobody has one. */
    @Test
    void identityIsExact() {
        fill();
        String email;
        String thread;
        try (var messages = store.messages(inbox, UidSet.of(2))) {
            var second = messages.next().orElseThrow();
            email = second.emailId().text();
            thread = second.threadId().text();
        }
        var two = new SearchKey.Body("two");
        try (var search = Search.open(store, directory, Mails.FAST)) {
            Mails.awaitIndexed(search);
            var byEmail = new SearchKey.OfEmail(email);
            assertEquals("2", search.find(inbox, byEmail).toString());
            assertEquals("2", search.find(inbox, new SearchKey.OfThread(thread)).toString());
            assertEquals("", search.find(inbox, new SearchKey.OfThread(email)).toString());
            assertEquals("2", search.find(inbox, new SearchKey.And(two, byEmail)).toString());
            var others = new SearchKey.And(two, new SearchKey.Not(byEmail));
            assertEquals("", search.find(inbox, others).toString());
        }
    }

    @Test
    void onlyAmongThoseAskedFor() {
        fill();
        try (var scan = Search.scanning(store, SearchSettings.DEFAULTS)) {
            var now = store.index(inbox);
            var found =
                    scan.find(inbox, now, UidSet.of(1, 3), new SearchKey.Text("o"), () -> false);
            assertEquals("1,3", found.toString());
        }
    }

    /** An event loop may carry who asks. */
    @Test
    void manyAreLookedAtOnThreadsOfTheSearch() {
        for (int i = 0; i < 300; i++) mail("\r\n" + i, Flags.NONE, "2025-02-03T15:30:00Z");
        List<SearchKey> keys = Collections.nCopies(1000, new SearchKey.Smaller(1000));
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Waiter noting =
                () -> {
                    threads.add(Thread.currentThread().getName());
                    return false;
                };
        try (var scan = Search.scanning(store, SearchSettings.DEFAULTS)) {
            var now = store.index(inbox);
            scan.find(inbox, now, UidSet.ALL, new SearchKey.And(keys), noting);
        }
        assertFalse(threads.isEmpty());
        assertTrue(
                threads.stream().allMatch(name -> name.startsWith("search-")), threads::toString);
    }

    @Test
    void nestingIsBounded() {
        fill();
        SearchKey key = new SearchKey.Body("one");
        for (int i = 1; i < SearchKey.DEEPEST; i++) key = new SearchKey.Not(key);
        SearchKey deepest = key;
        try (var scan = Search.scanning(store, SearchSettings.DEFAULTS)) {
            assertEquals("2:4", scan.find(inbox, deepest).toString());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> scan.find(inbox, new SearchKey.Not(deepest)));
        }
    }

    @Test
    void endsWhenCancelledOrTooLong() {
        fill();
        var key = new SearchKey.Body("one");
        try (var scan = Search.scanning(store, SearchSettings.DEFAULTS)) {
            var now = store.index(inbox);
            var stopped =
                    assertThrows(
                            SearchStopped.class,
                            () -> scan.find(inbox, now, UidSet.ALL, key, () -> true));
            assertEquals(SearchStopped.Reason.CANCELLED, stopped.reason());
        }
        var short1 = SearchSettings.DEFAULTS.withLongest(Duration.ZERO);
        try (var scan = Search.scanning(store, short1)) {
            var stopped = assertThrows(SearchStopped.class, () -> scan.find(inbox, key));
            assertEquals(SearchStopped.Reason.TOO_LONG, stopped.reason());
        }
    }
}
