package dev.sobre.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.rocksdb.RocksMailStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;

/**
 * Durable deliveries and changes of flags per second, beside what the same disk gives to appends
 * with {@code fdatasync} in the same run. {@code StoreLoad [DIRECTORY [SECONDS [ROUNDS]]]}.
 */
public final class StoreLoad {

    private static final int OCTETS = 10_000;
    private static final int ACCOUNTS = 64;
    private static final int WARM = 5; // rounds, until all is compiled
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Path directory;
    private final Duration time;
    private final byte[] mail = mail();

    private StoreLoad(Path directory, Duration time) {
        this.directory = directory;
        this.time = time;
    }

    /** How much was done in a second, and what processor time one took. */
    private record Rate(double perSecond, double cpuMicros) {}

    /** The store, and the disk right after it: both change with what else the machine has to do. */
    private record Pair(Rate store, Rate disk) {
        double ratio() {
            return store.perSecond / disk.perSecond;
        }
    }

    public static void main(String[] args) throws Exception {
        Path place = args.length > 0 ? Path.of(args[0]) : Path.of("target");
        Files.createDirectories(place);
        long seconds = args.length > 1 ? Long.parseLong(args[1]) : 4;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        Path directory = Files.createTempDirectory(place, "store-load");
        try {
            new StoreLoad(directory, Duration.ofSeconds(seconds)).all(rounds);
        } finally {
            delete(directory);
        }
    }

    private void all(int rounds) throws Exception {
        try (var store = RocksMailStore.open(directory.resolve("store"))) {
            List<MailboxId> inboxes = inboxes(store);
            System.out.println(
                    "durable, the median ratio of " + rounds + " rounds; CPU in µs, each");
            System.out.println("| | concurrent | store | disk | store / disk | store's CPU |");
            System.out.println("|---|---|---|---|---|---|");
            for (int i = 0; i < WARM; i++) deliveries(store, inboxes, i % 2 == 0 ? 64 : 16);
            rest();
            for (int concurrent : new int[] {1, 16, 64}) {
                var pairs = new ArrayList<Pair>();
                for (int round = 0; round < rounds; round++) {
                    Rate stored = deliveries(store, inboxes, concurrent);
                    rest();
                    pairs.add(new Pair(stored, appends(concurrent)));
                    rest();
                }
                print("10 kB deliveries", concurrent, median(pairs, Pair::ratio));
            }
            var flags = new ArrayList<Rate>();
            for (int round = 0; round < rounds + 1; round++) flags.add(flags(store, inboxes, 16));
            Rate flag = median(flags, Rate::perSecond);
            print("changes of flags", 16, new Pair(flag, new Rate(Double.NaN, 0)));
            System.out.printf(
                    Locale.ROOT,
                    "a waiting session hears of a delivery %.2f ms (99 of 100) after its sender%n",
                    hints(store, inboxes.getFirst()));
        }
    }

    private static void print(String what, int concurrent, Pair rates) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %,.0f | %,.0f | %.2f | %.1f |%n",
                what,
                concurrent,
                rates.store.perSecond,
                rates.disk.perSecond,
                rates.ratio(),
                rates.store.cpuMicros);
    }

    private static <T> T median(List<T> all, ToDoubleFunction<T> by) {
        return all.stream().sorted(Comparator.comparingDouble(by)).toList().get(all.size() / 2);
    }

    /** Waits until the store has put its tables in order, and the collector is done. */
    private static void rest() throws InterruptedException {
        long before;
        do {
            before = SYSTEM.getProcessCpuTime();
            Thread.sleep(LOOK);
        } while (SYSTEM.getProcessCpuTime() - before > LOOK.toNanos() / 10);
    }

    private static List<MailboxId> inboxes(MailStore store) {
        List<MailboxId> inboxes = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            var account = store.accounts().create(List.of("u" + i + "@example.org"), "-", false);
            inboxes.add(store.find(account.id(), "INBOX").orElseThrow().id());
        }
        return inboxes;
    }

    private Rate deliveries(MailStore store, List<MailboxId> inboxes, int concurrent)
            throws InterruptedException {
        return run(concurrent, client -> deliver(store, inboxes.get(client)));
    }

    private void deliver(MailStore store, MailboxId inbox) {
        store.accept(
                new Submission(
                        DeliveryId.random(),
                        "bob@example.net",
                        BlobSource.Bytes.of(mail),
                        Instant.now(),
                        List.of(inbox),
                        List.of()));
    }

    private Rate appends(int concurrent) throws IOException, InterruptedException {
        // Removed with the directory: a file system that frees gigabytes syncs slowly meanwhile.
        Path file = Files.createTempFile(directory, "appends", "");
        try (var disk = new GroupCommit(file)) {
            return run(concurrent, _ -> disk.append(mail));
        }
    }

    /** Each sets or takes a flag of one message. */
    private Rate flags(MailStore store, List<MailboxId> inboxes, int concurrent)
            throws InterruptedException {
        return run(
                concurrent,
                client -> {
                    var inbox = inboxes.get(client);
                    var index = store.index(inbox);
                    int at = ThreadLocalRandom.current().nextInt(index.size());
                    boolean seen = index.flags(at).has(Flag.SEEN);
                    var kind = seen ? FlagChange.Kind.REMOVE : FlagChange.Kind.ADD;
                    var change = new FlagChange(kind, Flags.SEEN);
                    store.store(inbox, UidSet.of(index.uid(at)), change, Long.MAX_VALUE);
                });
    }

    /** How many milliseconds after a delivery was answered others hear of it, 99 times of 100. */
    private double hints(MailStore store, MailboxId inbox) throws InterruptedException {
        var heard = new LinkedBlockingQueue<Long>();
        var late = new ArrayList<Long>();
        try (var watching = store.watch(inbox.account(), _ -> heard.add(System.nanoTime()))) {
            for (int i = 0; i < 1000; i++) {
                deliver(store, inbox);
                long answered = System.nanoTime();
                late.add(heard.take() - answered);
                heard.clear();
            }
        }
        late.sort(null);
        return Math.max(0, late.get(989)) / 1e6;
    }

    /** Has clients do something over and over, each on a virtual thread, as sessions are. */
    private Rate run(int concurrent, IntConsumer once) throws InterruptedException {
        var done = new AtomicLong();
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < concurrent; i++) {
            int client = i;
            clients.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        while (System.nanoTime() < end) {
                                            once.accept(client);
                                            done.incrementAndGet();
                                        }
                                    }));
        }
        for (var client : clients) client.join();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMicros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / done.get();
        return new Rate(done.get() / seconds, cpuMicros);
    }

    private static byte[] mail() {
        byte[] head =
                "From: bob@example.net\r\nSubject: load\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] mail = new byte[OCTETS];
        Arrays.fill(mail, (byte) 'x');
        for (int i = 76; i + 1 < OCTETS; i += 78) {
            mail[i] = '\r';
            mail[i + 1] = '\n';
        }
        System.arraycopy(head, 0, mail, 0, head.length);
        return mail;
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }
}
