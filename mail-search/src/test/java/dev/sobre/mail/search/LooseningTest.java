package dev.sobre.mail.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.mail.search.SearchKey.And;
import dev.sobre.mail.search.SearchKey.Body;
import dev.sobre.mail.search.SearchKey.Not;
import dev.sobre.mail.search.SearchKey.Or;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What matches nearly. RFC 6203. */
class LooseningTest {

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox =
            store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();

    /** The text, what is said of it, and at which step it is found; 0 for exactly, - for never. */
    @ParameterizedTest
    @CsvSource({
        "hello world, hello world, 0",
        "hello world, the world says hello, 1",
        "hello world, hellenic worlds, 2",
        "hello world, only a word of hell, 3",
        "hello world, no worl, 3",
        "hello, hello, 0",
        "helo, hello, 1",
        "recieve, it is to receive, 2",
        "receive, it is to recieve, 2",
        "receipt of goods, the goods you recieved, 4",
        "swimming, swam, -",
        "ab, a b, -",
        "ab cd, cd ab, 1",
        "Ελλάδα, στην ελλαδα, 2",
        "Ελλάδα, στην Ελλάδος, 1",
    })
    void aTextIsFoundAtItsStep(String text, String said, String step) {
        mail(said);
        var steps = Loosening.steps(new Body(text));
        String found = "-";
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (!finds(steps.get(i)).isEmpty()) found = Integer.toString(i);
        }
        assertEquals(step, found, steps::toString);
    }

    @Test
    void keysWithoutTextMeanWhatTheySay() {
        var seen = new SearchKey.Has(Flag.SEEN);
        assertEquals(List.of(seen), Loosening.steps(seen));
        var not = new Not(new Body("hello world"));
        assertEquals(List.of(not), Loosening.steps(not));
        assertEquals(List.of(new Body("")), Loosening.steps(new Body("")));
        assertEquals(
                List.of(new And(seen, new Body("helo")), new And(seen, new Body("hel"))),
                Loosening.steps(new And(seen, new Body("helo"))));
        assertEquals(2, Loosening.steps(new Or(seen, new Body("helo"))).size());
    }

    /** Whatever is asked for: nothing is lost on the way, and there is an end to the keys. */
    @Test
    void eachStepFindsAllOfTheOneBeforeAndSomeMore() {
        var random = new Random(6203);
        long more = 0;
        for (int i = 0; i < 40; i++) mail(words(random, 6));
        for (int i = 0; i < 60; i++) {
            var key = new Or(new Body(words(random, 3)), new And(new Body(words(random, 1))));
            var before = UidSet.NONE;
            for (SearchKey step : Loosening.steps(key)) {
                var found = finds(step);
                assertTrue(before.minus(found).isEmpty(), step::toString);
                if (!before.isEmpty()) more += found.count() - before.count();
                before = found;
            }
        }
        assertTrue(more > 0, "a step after one that finds some finds more");
        String much = "word ".repeat(10_000) + "x".repeat(10_000);
        assertTrue(Loosening.steps(new Body(much)).toString().length() < 200_000);
    }

    private static String words(Random random, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var word = new StringBuilder();
            int letters = 1 + random.nextInt(8);
            for (int k = 0; k < letters; k++) word.append((char) ('a' + random.nextInt(3)));
            words.add(word.toString());
        }
        return String.join(" ", words);
    }

    private void mail(String body) {
        byte[] octets =
                ("Content-Type: text/plain; charset=utf-8\r\n\r\n" + body + "\r\n").getBytes(UTF_8);
        Mails.append(store, inbox, octets, Flags.NONE, Instant.EPOCH);
    }

    private UidSet finds(SearchKey key) {
        try (var search = Search.scanning(store, SearchSettings.DEFAULTS)) {
            return search.find(inbox, key);
        }
    }
}
