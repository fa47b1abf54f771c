package dev.sobre.mail.search;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.mail.mime.BaseSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages as conversations. RFC 5256 §3, THREAD. */
class ThreadTest {

    /** Messages as {@code id subject <references>}, a day apart, and the threads they make. */
    static Stream<Arguments> conversations() {
        return Stream.of(
                Arguments.of("answers below what they answer", "(1 2 3)", "a,x,|b,x,a|c,x,a b"),
                Arguments.of("two answers", "(1 (2)(3))", "a,x,|b,Re: x,a|c,Re: x,a"),
                Arguments.of("an answer before its question", "(2 1)", "b,Re: x,a|a,x,"),
                Arguments.of("a parent that is not there", "((1)(2))", "b,x,a|c,y,a"),
                Arguments.of("one child takes its place", "(1)", "b,x,a"),
                Arguments.of("between two that are there", "(1 2)", "a,x,|c,y,a b"),
                Arguments.of(
                        "siblings below one that is not there",
                        "(1 (2)(3))",
                        "a,x,|c,y,a b|d,z,a b"),
                Arguments.of("a loop", "(2 1)", "a,x,b|b,y,a"),
                Arguments.of("itself as its own parent", "(1)", "a,x,a"),
                Arguments.of("a field that was cut", "(1 2 3)", "a,x,|b,y,a|c,z,b"),
                Arguments.of(
                        "the last reference wins over others' words",
                        "(1 (2)(3 4))",
                        "a,1,|c,3,a|b,2,a|d,4,c b"),
                Arguments.of("one id twice", "(1)(2)", "a,x,|a,y,"),
                Arguments.of("no id", "(1)(2)", ",x,|,y,"),
                Arguments.of("an answer by its subject", "(1 2)", "a,x,|b,Re: x,"),
                Arguments.of("an answer that comes first", "(2 1)", "b,Re: X,|a,x,"),
                Arguments.of("two of one subject, neither an answer", "((1)(2))", "a,x,|b,X,"),
                Arguments.of("three of one subject", "((1)(2)(3))", "a,x,|b,x,|c,x,"),
                Arguments.of(
                        "an answer to two of one subject", "((1)(2)(3))", "a,x,|b,x,|c,Re: x,"),
                Arguments.of("dummies of one subject", "((1)(2)(3)(4))", "a,x,p|b,x,p|c,x,q|d,x,q"),
                Arguments.of("a message joins a dummy", "((1)(2)(3))", "a,x,p|b,x,p|c,x,"),
                Arguments.of("no subject joins nothing", "(1)(2)", "a,,|b,,"),
                Arguments.of(
                        "threads by the date of the first", "(1)(2 4)(3)", "a,x,|b,y,|c,z,|d,w,b"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conversations")
    void byReferences(String name, String expected, String messages) {
        var builder = new ReferenceThreads();
        int uid = 0;
        for (String message : messages.split("\\|")) {
            String[] parts = message.split(",", -1);
            var subject = BaseSubject.of(parts[1]);
            String folded = new String(Folding.of(subject.text()), US_ASCII);
            var references = parts[2].isEmpty() ? List.<String>of() : List.of(parts[2].split(" "));
            builder.add(new ThreadEntry(++uid, uid, folded, subject.reply(), parts[0], references));
        }
        assertEquals(expected, text(builder.threads()));
    }

    @Test
    void bySubject() {
        var builder = new SubjectThreads();
        String[] subjects = {"X", "Y", "X", "", "X", ""};
        long[] sent = {30, 10, 20, 40, 20, 50};
        for (int i = 0; i < subjects.length; i++) {
            builder.add(new ThreadEntry(i + 1, sent[i], subjects[i], false, "", List.of()));
        }
        assertEquals("(2)(3 (5)(1))(4 6)", text(builder.threads()));
    }

    /** The fields are those of the messages, References before In-Reply-To. */
    @Test
    void readsMessages() {
        var store = MemoryStore.with("ann@example.org", "secret");
        var inbox = store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();
        String unusual = "<" + "x".repeat(300) + "@y> ";
        mail(store, inbox, "Message-ID: <\"a\"@x>\r\nSubject: one\r\nDate: 5 Jan 2020 1:00 Z");
        mail(store, inbox, "Message-ID: <b@x>\r\nIn-Reply-To: <a@x> and <c@x>\r\nSubject: two");
        mail(store, inbox, "References: <a@x>\r\n\t<b@x>\r\nIn-Reply-To: <a@x>\r\nSubject: three");
        mail(store, inbox, "References: none\r\nIn-Reply-To: <b@x>\r\nSubject: four");
        mail(store, inbox, "references: " + unusual.repeat(20) + "<b@x>\r\nSubject: five");
        mail(store, inbox, "Subject: Re: one");
        try (var search = Search.scanning(store, SearchSettings.DEFAULTS)) {
            var now = store.index(inbox);
            assertEquals(
                    "(1 (2 (3)(4)(5))(6))",
                    text(
                            search.thread(
                                    inbox,
                                    now,
                                    UidSet.ALL,
                                    ThreadAlgorithm.REFERENCES,
                                    () -> false)));
            assertEquals(
                    "(1 6)(2)(3)(4)(5)",
                    text(
                            search.thread(
                                    inbox,
                                    now,
                                    UidSet.ALL,
                                    ThreadAlgorithm.ORDEREDSUBJECT,
                                    () -> false)));
        }
    }

    private static void mail(MemoryStore store, MailboxId inbox, String header) {
        byte[] octets = (header + "\r\n\r\nx").getBytes(US_ASCII);
        Mails.append(store, inbox, octets, Flags.NONE, Instant.parse("2020-02-01T00:00:00Z"));
    }

    /** Whatever is referred to, each message is there once, and nothing loops. */
    @Test
    void loseNothing() {
        var random = new Random(5256);
        for (int round = 0; round < 300; round++) {
            var builder = new ReferenceThreads();
            int count = 1 + random.nextInt(30);
            for (int uid = 1; uid <= count; uid++) {
                List<String> references = new ArrayList<>();
                for (int n = random.nextInt(4); n > 0; n--) references.add("" + random.nextInt(40));
                String subject = random.nextInt(3) == 0 ? "" : "s" + random.nextInt(20);
                builder.add(
                        new ThreadEntry(
                                uid,
                                random.nextInt(10),
                                subject,
                                random.nextBoolean(),
                                "" + random.nextInt(40),
                                references));
            }
            String text = text(builder.threads());
            var uids = Stream.of(text.split("[^0-9]+")).filter(s -> !s.isEmpty()).toList();
            assertEquals(count, uids.size(), text);
            assertEquals(count, uids.stream().distinct().count(), text);
        }
    }

    /** LESSONS 4 and 5: neither stack nor time grows with the depth of a conversation. */
    @Test
    void areDeepAtNoCost() {
        int count = 50_000;
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    var forwards = new ReferenceThreads();
                    var backwards = new ReferenceThreads();
                    for (int i = 1; i <= count; i++) {
                        forwards.add(entry(i, "" + i, "" + (i - 1)));
                        backwards.add(entry(i, "" + i, "" + (i + 1)));
                    }
                    for (var each : List.of(forwards, backwards)) {
                        var threads = each.threads();
                        assertEquals(1, threads.size());
                        int depth = 0;
                        for (var at = threads.getFirst(); !at.children().isEmpty(); depth++) {
                            at = at.children().getFirst();
                        }
                        assertEquals(count - 1, depth);
                    }
                });
    }

    /** Each family that is hung below a long chain has the chain looked up for a loop. */
    @Test
    void areNotLookedUpWithoutEnd() {
        int count = 60_000;
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    var builder = new ReferenceThreads();
                    int uid = 0;
                    for (int i = 1; i <= count; i++)
                        builder.add(entry(++uid, "" + i, "" + (i - 1)));
                    for (int i = 1; i <= count; i++) {
                        builder.add(entry(++uid, "child" + i, "parent" + i));
                        builder.add(entry(++uid, "parent" + i, "" + count));
                    }
                    builder.threads();
                });
    }

    private static ThreadEntry entry(int uid, String id, String parent) {
        return new ThreadEntry(uid, uid, "", false, id, List.of(parent));
    }

    private static String text(List<ThreadNode> threads) {
        return threads.stream().map(t -> "(" + inner(t) + ")").collect(Collectors.joining());
    }

    private static String inner(ThreadNode node) {
        String own = node.isDummy() ? "" : "" + node.uid();
        if (node.children().isEmpty()) return own;
        if (node.children().size() == 1) return own + " " + inner(node.children().getFirst());
        return own + (node.isDummy() ? "" : " ") + text(node.children());
    }
}
