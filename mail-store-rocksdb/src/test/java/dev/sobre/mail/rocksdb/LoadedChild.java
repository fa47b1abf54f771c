package dev.sobre.mail.rocksdb;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.Submission;
import dev.sobre.mail.rocksdb.StoreSettings.Sync;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that delivers mail from several threads until it is killed, or so many, and writes
 * {@code ACK id seed octets} in one write after each acknowledgement, {@code REFUSED reason seed}
 * after each refusal.
 */
final class LoadedChild {

    static final long PER_THREAD = 1_000_000;

    private LoadedChild() {}

    /** Starts one; {@code before} comes before the java command, {@code most} bounds its work. */
    static Process start(Path dir, long firstSeed, int threads, int most, String... before)
            throws IOException {
        return ChildProcess.start(
                List.of(before),
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                LoadedChild.class,
                dir,
                firstSeed,
                threads,
                most);
    }

    /** A line that the process wrote after an acknowledgement. */
    record Ack(DeliveryId id, long seed, int octets) {

        static Stream<Ack> parse(String line) {
            String[] words = line.split(" ");
            if (words.length != 5 || !words[0].equals("ACK")) return Stream.empty();
            var id =
                    new DeliveryId(
                            Long.parseUnsignedLong(words[1], 16),
                            Long.parseUnsignedLong(words[2], 16));
            return Stream.of(new Ack(id, Long.parseLong(words[3]), Integer.parseInt(words[4])));
        }

        /** Which thread of the process delivered it. */
        long thread() {
            return seed / PER_THREAD;
        }

        byte[] body() {
            return Mails.body(seed, octets);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        long firstSeed = Long.parseLong(args[1]);
        int count = Integer.parseInt(args[2]);
        int most = Integer.parseInt(args[3]);
        var sync = Sync.valueOf(System.getenv().getOrDefault("SYNC", "DURABLE"));
        var settings = StoreSettings.small().withSync(sync);
        try (var store = RocksMailStore.open(Path.of(args[0]), settings)) {
            var inbox =
                    store.accounts().list().isEmpty()
                            ? Mails.account(store, "ann@example.org")
                            : Mails.inbox(store, "ann@example.org");
            say("READY");
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < count; t++) {
                long base = firstSeed + t * PER_THREAD;
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            for (int i = 0; i < most; i++) {
                                                deliver(store, inbox, base + i);
                                            }
                                        }));
            }
            for (var thread : threads) thread.join();
        }
    }

    private static void deliver(RocksMailStore store, MailboxId inbox, long seed) {
        int octets = seed % 50 == 49 ? 200_000 : 300 + (int) (seed * 7919 % 20_000);
        var id = DeliveryId.random();
        byte[] body = Mails.body(seed, octets);
        try (var sink = store.sink(1_000_000)) {
            sink.write(ByteBuffer.wrap(body));
            store.accept(
                    new Submission(
                            id,
                            "ann@example.org",
                            sink.finish(),
                            Instant.now(),
                            List.of(inbox),
                            List.of()));
        } catch (StoreException e) {
            say("REFUSED %s %d".formatted(e.reason(), seed));
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        say("ACK %016x %016x %d %d".formatted(id.high(), id.low(), seed, octets));
    }

    /** One line in one write, past every buffer. */
    private static void say(String line) {
        try {
            new FileOutputStream(FileDescriptor.out)
                    .write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
