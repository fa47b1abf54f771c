package dev.sobre.mail.rocksdb.crash;

import dev.sobre.mail.Account;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.rocksdb.ChildProcess;
import dev.sobre.mail.rocksdb.Mails;
import dev.sobre.mail.rocksdb.RocksMailStore;
import dev.sobre.mail.rocksdb.StoreSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that changes accounts until it is killed or has made so many changes. It writes each
 * line in one write: {@code BEGIN actor change} before a change, {@code DONE actor} once it is
 * acknowledged or {@code REFUSED actor reason}, and {@code SEEN mailbox MODSEQ} of what readers see
 * meanwhile.
 */
final class BusyProcess {

    static final int ACTORS = 6;

    private static final int PATIENCE = 6; // refusals, each of which may or may not have happened
    private static volatile boolean working = true;
    private static Optional<MappedByteBuffer> mapped = Optional.empty();
    private static final Logger LOG = LoggerFactory.getLogger(BusyProcess.class);

    private BusyProcess() {}

    /**
     * The settings of a store that rolls its files over all the time. Segments are compacted soon.
     */
    static StoreSettings settings() {
        return StoreSettings.small()
                .withSegmentOctets(100_000)
                .withWriteBufferOctets(200_000)
                .withCompaction(new StoreSettings.Compaction(20, 1 << 30));
    }

    static String address(int actor) {
        return "a" + actor + "@example.org";
    }

    static Account account(MailStore store, int actor) {
        var there = store.accounts().find(address(actor));
        if (there.isPresent()) return there.get();
        Mails.account(store, address(actor));
        return store.accounts().find(address(actor)).orElseThrow();
    }

    /** Starts one that writes to its standard output. */
    static Process start(Path store, long firstSeed, int most, String... before)
            throws IOException {
        return start(store, firstSeed, most, Path.of("/dev/stdout"), before);
    }

    /**
     * Starts one.
     *
     * @param most how many changes each actor makes
     * @param lines where it writes to; a file is mapped, so that no call of the kernel is needed
     * @param before what comes before the java command
     */
    static Process start(Path store, long firstSeed, int most, Path lines, String... before)
            throws IOException {
        String natives = "-Djava.library.path=" + Natives.DIRECTORY;
        return ChildProcess.start(
                List.of(before),
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", natives),
                BusyProcess.class,
                store,
                firstSeed,
                most,
                lines);
    }

    public static void main(String[] args) throws Exception {
        long firstSeed = Long.parseLong(args[1]);
        int most = Integer.parseInt(args[2]);
        Path lines = Path.of(args[3]);
        if (!lines.equals(Path.of("/dev/stdout"))) mapped = Optional.of(map(lines));
        try (var store = RocksMailStore.open(Path.of(args[0]), settings())) {
            for (int actor = 0; actor < ACTORS; actor++) account(store, actor);
            if (mapped.isPresent()) Files.createDirectory(ready(lines));
            List<Thread> threads = new ArrayList<>();
            for (int actor = 0; actor < ACTORS; actor++) {
                int who = actor;
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> act(store, who, firstSeed + who * 100_000L, most)));
            }
            var watcher = Thread.ofVirtual().start(() -> watch(store));
            for (var thread : threads) thread.join();
            working = false;
            watcher.join();
        }
    }

    private static void act(RocksMailStore store, int who, long firstSeed, int most) {
        try {
            change(store, who, firstSeed, most);
        } catch (RuntimeException e) {
            LOG.error("actor {} could not go on", who, e);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void change(RocksMailStore store, int who, long firstSeed, int most) {
        int refusals = 0;
        var actor = new Actor(store, account(store, who), firstSeed);
        for (int i = 0; i < most; i++) {
            Op op = actor.think();
            say("BEGIN " + who + " " + op.line());
            try {
                actor.make(op);
            } catch (StoreException e) {
                say("REFUSED " + who + " " + e.reason());
                if (++refusals == PATIENCE) return;
                continue;
            }
            say("DONE " + who);
        }
    }

    /** Says what a session would see: it must survive whatever comes. */
    private static void watch(RocksMailStore store) {
        Map<Long, Long> said = new HashMap<>();
        while (working) {
            LockSupport.parkNanos(1000); // where there is one core, others are carried meanwhile
            for (int who = 0; who < ACTORS; who++) {
                for (Mailbox mailbox : store.list(account(store, who).id())) {
                    if (mailbox.exists()) see(store, mailbox, said);
                }
            }
        }
    }

    private static void see(RocksMailStore store, Mailbox mailbox, Map<Long, Long> said) {
        try {
            long number = mailbox.id().number();
            Long modSeq = store.state(mailbox.id()).highestModSeq();
            if (!modSeq.equals(said.put(number, modSeq))) say("SEEN " + number + " " + modSeq);
        } catch (StoreException gone) {
            // its owner has deleted it meanwhile
        }
    }

    /** One line in one write, past every buffer. */
    private static void say(String line) {
        byte[] octets = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            if (mapped.isPresent()) put(mapped.get(), octets);
            else new FileOutputStream(FileDescriptor.out).write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process that writes to a file makes before its first change. */
    static Path ready(Path lines) {
        return lines.resolveSibling("ready");
    }

    private static MappedByteBuffer map(Path lines) throws IOException {
        try (var file =
                FileChannel.open(
                        lines,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return file.map(FileChannel.MapMode.READ_WRITE, 0, 64 << 20);
        }
    }

    private static synchronized void put(MappedByteBuffer lines, byte[] octets) {
        lines.put(octets);
    }

    /** The lines of a file that a process wrote to. */
    static List<String> lines(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        return text.substring(0, text.indexOf('\0')).lines().toList();
    }
}
