package dev.sobre.mail.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was found out once is not looked for again, and no answer is another for that. */
class AnswersTest {

    private static final List<SearchKey> KEYS =
            List.of(
                    new SearchKey.Text("ab"),
                    new SearchKey.Body("b c"),
                    new SearchKey.Header("subject", "c"),
                    new SearchKey.Header("x-none", ""),
                    new SearchKey.Not(new SearchKey.Text("ab")),
                    new SearchKey.And(new SearchKey.Has(Flag.SEEN), new SearchKey.Body("a")),
                    new SearchKey.Or(new SearchKey.Body("ca"), new SearchKey.Text("bb")));

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox =
            store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();
    private final Random random = new Random(11);
    private int asked; // how often messages were asked of the store

    /** The store, and a count of who asks it for messages. */
    private MailStore counting() {
        return (MailStore)
                Proxy.newProxyInstance(
                        MailStore.class.getClassLoader(),
                        new Class<?>[] {MailStore.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("messages")) asked++;
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private long mail() {
        var text = new StringBuilder("Subject: " + letter() + letter() + "\r\n\r\n");
        for (int i = 0; i < 8; i++) text.append(letter());
        return Mails.append(store, inbox, text.append("\r\n").toString().getBytes(UTF_8), seen());
    }

    private char letter() {
        return "abc ".charAt(random.nextInt(4));
    }

    private Flags seen() {
        return random.nextBoolean() ? Flags.SEEN : Flags.NONE;
    }

    @Test
    void answersAreThoseOfReadingWhateverHappensInBetween() {
        try (var remembering = Search.scanning(store, SearchSettings.DEFAULTS);
                var reading = Search.scanning(store, Mails.FAST)) {
            for (int round = 0; round < 60; round++) {
                for (int i = 0; i < 3; i++) mail();
                var now = store.index(inbox);
                long some = now.uid(random.nextInt(now.size()));
                var flags = new FlagChange(FlagChange.Kind.REPLACE, seen());
                store.store(inbox, UidSet.of(some), flags, Long.MAX_VALUE);
                if (round % 3 == 0) store.expunge(inbox, UidSet.range(some, some + 2));
                for (var key : KEYS) {
                    UidSet right = reading.find(inbox, key);
                    assertEquals(right, remembering.find(inbox, key), () -> "" + key);
                }
            }
        }
    }

    @Test
    void nothingIsReadTwiceAndOnlyWhatIsNewIsRead() {
        for (int i = 0; i < 10; i++) mail();
        try (var search = Search.scanning(counting(), SearchSettings.DEFAULTS)) {
            KEYS.forEach(key -> search.find(inbox, key));
            asked = 0;
            KEYS.forEach(key -> search.find(inbox, key));
            assertEquals(0, asked);
            mail();
            search.find(inbox, KEYS.getFirst());
            assertEquals(1, asked);
        }
    }

    @Test
    void whatASearchThatWasStoppedFoundOutIsKept() {
        for (int i = 0; i < 100; i++) mail();
        try (var search = Search.scanning(counting(), SearchSettings.DEFAULTS)) {
            var now = store.index(inbox);
            var key = new SearchKey.Body("zz");
            int[] checks = {0};
            assertThrows(
                    SearchStopped.class,
                    () -> search.find(inbox, now, UidSet.ALL, key, () -> ++checks[0] > 90));
            int before = asked;
            asked = 0;
            search.find(inbox, key);
            assertEquals(
                    7, before + asked, "each 16 messages once, and those once more in between");
        }
    }

    @Test
    void whereTheFirstMessagesAreGoneNothingIsTakenForAnother() {
        var early = new Answer.Learner(1);
        for (long uid = 1; uid <= 10; uid++) early.learn(uid, uid % 2 == 0);
        Answer known = new Answer.Learner(5).with(early.with(Answer.NONE));
        for (long uid = 5; uid <= 10; uid++) {
            assertEquals(Truth.of(uid % 2 == 0), known.of(uid), "UID " + uid);
        }
        for (long uid : new long[] {1, 4, 11, 14}) assertEquals(Truth.MAYBE, known.of(uid));
    }

    @Test
    void theBoundIsKept() {
        for (int i = 0; i < 200; i++) mail();
        var now = store.index(inbox);
        var answers = new Answers(8_000);
        for (int i = 0; i < 100; i++) {
            var learner = new Answer.Learner(1);
            now.existing(UidSet.ALL).stream().forEach(uid -> learner.learn(uid, true));
            answers.learn(inbox, now, new SearchKey.Text("word " + i), learner);
        }
        int kept = 0;
        for (int i = 0; i < 100; i++) {
            if (answers.known(inbox, now, new SearchKey.Text("word " + i)) != Answer.NONE) kept++;
        }
        assertEquals(28, kept);
        assertEquals(Truth.YES, answers.known(inbox, now, new SearchKey.Text("word 99")).of(200));
        answers.clear();
        assertEquals(Answer.NONE, answers.known(inbox, now, new SearchKey.Text("word 99")));
    }
}
