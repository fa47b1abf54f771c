package dev.sobre.mail.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sobre.mail.Account;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobSink;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.archive.Export;
import dev.sobre.mail.archive.Form;
import dev.sobre.mail.archive.Import;
import dev.sobre.mail.archive.PassedOver;
import dev.sobre.mail.archive.Progress;
import dev.sobre.mail.archive.Summary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * A process with a small heap that fills an account with mail, exports it, imports it into another
 * account and compares; it says {@code EQUAL messages octets} or fails.
 */
final class ArchiveProcess {

    private static final long LIMIT = 50L << 20;
    private static final int LINE = 64;
    private static final int AT_ONCE = 32;

    private ArchiveProcess() {}

    /** Starts one that works in a directory. */
    static Process start(Path dir, Form form, long octets, int heapMiB) throws IOException {
        var options = List.of("-Xmx" + heapMiB + "m");
        return ChildProcess.start(List.of(), options, ArchiveProcess.class, dir, form, octets);
    }

    public static void main(String[] args) throws IOException {
        Path dir = Path.of(args[0]);
        Form form = Form.valueOf(args[1]);
        long octets = Long.parseLong(args[2]);
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            var ann = store.accounts().create(List.of("ann@example.org"), "{PLAIN}x", false);
            var bob = store.accounts().create(List.of("bob@example.org"), "{PLAIN}x", false);
            fill(store, ann, octets);
            Path files = dir.resolve("files");
            var out = new Export(store, ann, form, files, Optional.empty(), false).run(new Quiet());
            var in =
                    new Import(store, bob, form, files, Optional.empty(), LIMIT, false)
                            .run(new Quiet());
            requireAll(out, in, store.accounts().usage(ann.id()).messages());
            long sum = sum(store, ann);
            if (sum != sum(store, bob)) throw new IllegalStateException("the bodies differ");
            System.out.println("EQUAL " + in.messages() + " " + in.octets());
        }
    }

    private static void requireAll(Summary out, Summary in, long messages) {
        boolean all = out.messages() == messages && in.messages() == messages;
        if (!all || out.passedOver() + in.passedOver() > 0) {
            throw new IllegalStateException(out + " " + in);
        }
    }

    /** Mail of many sizes, a few of them large. */
    private static void fill(MailStore store, Account ann, long octets) throws IOException {
        var inbox = store.find(ann.id(), "INBOX").orElseThrow().id();
        var random = new SplittableRandom(1);
        List<BlobSink> sinks = new ArrayList<>();
        List<Delivery> mails = new ArrayList<>();
        for (long done = 0; done < octets; ) {
            int size = random.nextInt(300) == 0 ? 20 << 20 : random.nextInt(100_000);
            size = (int) Math.min(size, octets - done);
            var sink = store.sink(LIMIT);
            write(sink::write, random, size);
            sinks.add(sink);
            var id = new DeliveryId(1, done);
            mails.add(new Delivery(id, sink.finish(), Flags.NONE, Instant.EPOCH));
            done += size + LINE;
            if (mails.size() < AT_ONCE && done < octets) continue;
            store.append(inbox, mails);
            sinks.forEach(BlobSink::close);
            sinks.clear();
            mails.clear();
        }
    }

    /** Somewhere that octets go. */
    private interface Place {
        void put(ByteBuffer octets) throws IOException;
    }

    private static void write(Place to, SplittableRandom random, int size) throws IOException {
        byte[] line =
                "From: somebody at some place with a long name, as people have.\r\n"
                        .getBytes(US_ASCII);
        for (int done = 0; done < size; done += line.length) {
            to.put(ByteBuffer.wrap(line));
            line[20 + random.nextInt(30)] = (byte) ('!' + random.nextInt(90));
        }
    }

    private static long sum(MailStore store, Account account) throws IOException {
        var crc = new CRC32C();
        var inbox = store.find(account.id(), "INBOX").orElseThrow().id();
        try (var messages = store.messages(inbox, UidSet.ALL)) {
            for (var m = messages.next(); m.isPresent(); m = messages.next()) {
                try (BlobReader body = store.open(m.get().body())) {
                    add(body, crc);
                }
            }
        }
        return crc.getValue();
    }

    private static void add(BlobReader body, CRC32C crc) throws IOException {
        var piece = ByteBuffer.allocate(64 << 10);
        for (long done = 0; done < body.length(); ) {
            piece.clear();
            done += body.read(done, piece);
            crc.update(piece.flip());
        }
    }

    /** Says nothing. */
    private static final class Quiet implements Progress {
        @Override
        public void at(String mailbox, long messages, long octets) {}

        @Override
        public void passedOver(PassedOver what) {
            System.err.println(what);
        }

        @Override
        public void note(String text) {}
    }
}
