package dev.sobre.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.mail.search.Search;
import dev.sobre.mail.search.SearchKey;
import dev.sobre.mail.search.SearchSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Text search in mailboxes of given sizes, with the index and by reading each message: {@code
 * TextSearch 500 100000}. Processor time is the process's, collector and compiler included.
 */
public final class TextSearch {

    private static final int WORDS = 30_000;
    private static final String RARE = "zwiebelkuchen";

    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Nothing is answered from memory, or only the first of the rounds would search. */
    private static final SearchSettings NO_SECOND_TIME =
            SearchSettings.DEFAULTS.withAnswers(0).withEverything(true);

    private final Random random = new Random(1);
    private final String[] words = new String[WORDS];

    private TextSearch() {
        for (int i = 0; i < WORDS; i++) words[i] = word();
    }

    public static void main(String[] sizes) throws Exception {
        for (String size : sizes) new TextSearch().mailbox(Integer.parseInt(size));
    }

    private void mailbox(int messages) throws Exception {
        var store = MemoryStore.with("ann@example.org", "secret");
        var inbox = store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();
        long octets = 0;
        for (int i = 0; i < messages; i++) octets += append(store, inbox, i);
        Path directory = Files.createTempDirectory("text-search");
        long cpu = SYSTEM.getProcessCpuTime();
        try (var search = Search.open(store, directory, NO_SECOND_TIME);
                var scan = Search.scanning(store, NO_SECOND_TIME)) {
            while (!search.isIndexed()) Thread.sleep(20);
            cpu = SYSTEM.getProcessCpuTime() - cpu;
            System.out.printf(
                    "%,d messages of %,d octets: indexed with %.2f ms CPU a message, %,d octets of"
                            + " index a message%n",
                    messages, octets / messages, cpu / 1e6 / messages, size(directory) / messages);
            row(search, scan, inbox, "absent", new SearchKey.Text("no such words"), messages);
            row(search, scan, inbox, "rare", new SearchKey.Text(RARE), messages);
            row(search, scan, inbox, "word", new SearchKey.Body(words[300]), messages);
            row(search, scan, inbox, "common", new SearchKey.Body(words[0]), messages);
            row(search, scan, inbox, "letters", new SearchKey.Body("qj"), messages);
            row(search, scan, inbox, "SUBJECT", new SearchKey.Header("SUBJECT", RARE), messages);
        }
    }

    private void row(
            Search search, Search scan, MailboxId inbox, String name, SearchKey key, int messages) {
        double[] with = time(search, inbox, key, 200_000 / messages + 3);
        double[] without = time(scan, inbox, key, 4_000 / messages + 1);
        System.out.printf(
                "| %s | %,d | %.2f | %.2f | %.1f | %.1f | %.0f |%n",
                name,
                search.find(inbox, key).count(),
                with[0],
                with[1],
                without[0],
                without[1],
                without[1] / with[1]);
    }

    /** Wall and CPU milliseconds of one search. */
    private static double[] time(Search search, MailboxId inbox, SearchKey key, int rounds) {
        UidSet found = search.find(inbox, key);
        // One round alone is one that takes seconds: the compiler has done its work by then.
        for (int i = 1; i < rounds; i++) found = search.find(inbox, key);
        long wall = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        for (int i = 0; i < rounds; i++) {
            if (!found.equals(search.find(inbox, key))) throw new IllegalStateException();
        }
        return new double[] {
            (System.nanoTime() - wall) / 1e6 / rounds,
            (SYSTEM.getProcessCpuTime() - cpu) / 1e6 / rounds
        };
    }

    private String word() {
        var word = new StringBuilder();
        for (int i = 2 + random.nextInt(9); i > 0; i--) {
            word.append("eeeettaoinshrdlucmfwypvbgkxé".charAt(random.nextInt(28)));
        }
        return word.toString();
    }

    /** Frequent words are frequent: the n-th is about 1/n as frequent as the first. */
    private String text(int length) {
        var text = new StringBuilder();
        int line = 0;
        while (text.length() < length) {
            String next = words[(int) Math.pow(WORDS, random.nextDouble()) - 1];
            text.append(next).append((line += next.length() + 1) > 70 ? "\r\n" : " ");
            if (line > 70) line = 0;
        }
        return text.toString();
    }

    private int append(MemoryStore store, MailboxId inbox, int number) throws IOException {
        String text = text(2_000 + random.nextInt(4_000));
        String subject = text.substring(0, 40).replace("\r\n", " ");
        if (number % 200 == 7) text += RARE;
        if (number % 200 == 9) subject += RARE;
        String parts =
                number % 2 == 0
                        ? "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text
                        : "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
                                + "Content-Type: text/plain; charset=utf-8\r\n\r\n"
                                + text
                                + "\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>"
                                + text.replace("\r\n", "</p>\r\n<p>")
                                + "</p>\r\n--b--\r\n";
        String header =
                "From: Someone <someone"
                        + number % 100
                        + "@example.net>\r\nTo: ann@example.org\r\nMessage-ID: <"
                        + number
                        + "@example.net>\r\nSubject: "
                        + subject
                        + "\r\nDate: Mon, 3 Feb 2025 10:00:00 +0100\r\nMIME-Version: 1.0\r\n";
        byte[] octets = (header + parts).getBytes(UTF_8);
        try (var sink = store.sink(octets.length)) {
            sink.write(ByteBuffer.wrap(octets));
            var mail = new Delivery(DeliveryId.random(), sink.finish(), Flags.NONE, Instant.now());
            store.append(inbox, List.of(mail));
        }
        return octets.length;
    }

    private static long size(Path directory) throws IOException {
        long size = 0;
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path each : files) size += Files.size(each);
        }
        return size;
    }
}
