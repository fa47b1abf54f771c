package dev.sobre.mail.rocksdb.crash;

import dev.sobre.mail.rocksdb.SyscallLog.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A file system that keeps what was synced and drops, tears or keeps the rest when the power goes.
 * It is fed with system calls. Octets are durable by a sync of their file that began after they
 * were written; a name, new, changed or removed, by a sync of its directory.
 */
final class DiskImage {

    private static final int PAGE = 4096;

    /** A file, whatever its names are. */
    private static final class File {
        private byte[] octets = {};
        private int length;
        private int position; // of the one descriptor that writes one piece after another
        private byte[] durable = {};
        private long syncedBy; // the sync that made it so

        /** One that began earlier, and ends later than another, takes nothing back. */
        void synced(long by, byte[] then) {
            if (by < syncedBy) return;
            syncedBy = by;
            durable = then;
        }

        void write(byte[] data, int at) {
            if (octets.length < at + data.length) {
                octets = Arrays.copyOf(octets, Math.max(2 * octets.length, at + data.length));
            }
            System.arraycopy(data, 0, octets, at, data.length);
            length = Math.max(length, at + data.length);
        }

        void truncate(int to) {
            octets = Arrays.copyOf(octets, Math.max(to, octets.length));
            Arrays.fill(octets, Math.min(to, length), octets.length, (byte) 0);
            length = to;
        }

        byte[] now() {
            return Arrays.copyOf(octets, length);
        }

        /** What a disk can have of it: what is durable, all, or what was written up to a place. */
        byte[] some(Random random) {
            byte[] all = now();
            return switch (random.nextInt(3)) {
                case 0 -> durable;
                case 1 -> all;
                default -> {
                    int common = Math.min(all.length, durable.length);
                    int from = Math.max(0, Arrays.mismatch(all, durable));
                    int cut = from + random.nextInt(Math.max(1, all.length - from + 1));
                    byte[] torn = Arrays.copyOf(all, Math.max(cut, common));
                    if (cut < common) System.arraycopy(durable, cut, torn, cut, common - cut);
                    yield torn;
                }
            };
        }

        /** Any of the pages that were not durable: a disk writes them in an order of its own. */
        byte[] somePages(Random random) {
            byte[] all = now();
            for (int page = 0; page < all.length; page += PAGE) {
                if (random.nextBoolean()) continue;
                int end = Math.min(page + PAGE, all.length);
                for (int i = page; i < end; i++) all[i] = i < durable.length ? durable[i] : 0;
            }
            return all;
        }
    }

    private final Path root;
    private final Map<Path, File> names = new TreeMap<>();
    private final Map<Path, File> durableNames = new TreeMap<>();
    private final Map<Call, Runnable> syncs = new HashMap<>(); // begun
    private final Map<Path, Long> syncedBy = new HashMap<>(); // directories
    private long begun; // syncs

    DiskImage(Path root) {
        this.root = root;
    }

    /** A call begins: what a sync will have made durable is there now. */
    void begins(Call call) {
        if (!call.name().equals("fsync") && !call.name().equals("fdatasync")) return;
        Path path = Path.of(call.path());
        File file = names.get(path);
        long number = ++begun;
        if (file != null) {
            byte[] now = file.now();
            syncs.put(call, () -> file.synced(number, now));
        } else {
            var entries = new TreeMap<>(names);
            syncs.put(call, () -> syncDirectory(path, number, entries));
        }
    }

    private void syncDirectory(Path directory, long by, Map<Path, File> entries) {
        if (by < syncedBy.getOrDefault(directory, 0L)) return;
        syncedBy.put(directory, by);
        durableNames.keySet().removeIf(p -> directory.equals(p.getParent()));
        entries.forEach(
                (path, file) -> {
                    if (directory.equals(path.getParent())) durableNames.put(path, file);
                });
    }

    /** A call has ended well. */
    void ends(Call call) {
        switch (call.name()) {
            case "fsync", "fdatasync" -> Objects.requireNonNull(syncs.remove(call)).run();
            case "openat" -> opened(string(call, 0), call.text());
            case "write" -> {
                File file = names.get(Path.of(call.path()));
                if (file == null) return;
                byte[] data = call.data();
                file.write(data, file.position);
                file.position += data.length;
            }
            case "pwrite64" -> {
                File file = names.get(Path.of(call.path()));
                if (file != null) file.write(call.data(), (int) call.number(3));
            }
            case "ftruncate" -> {
                File file = names.get(Path.of(call.path()));
                if (file != null) file.truncate((int) call.number(1));
            }
            case "rename" -> {
                File file = names.remove(string(call, 0));
                if (file != null) names.put(string(call, 1), file);
            }
            case "unlink" -> names.remove(string(call, 0));
            case "writev", "pwritev", "pwritev2", "copy_file_range", "sendfile", "link" -> {
                if (call.path().startsWith(root.toString())) {
                    throw new IllegalStateException("not thought of: " + call);
                }
            }
            default -> {}
        }
    }

    private void opened(Path path, String how) {
        if (!path.startsWith(root)) return;
        if (how.contains("O_CREAT") && !names.containsKey(path)) names.put(path, new File());
        File file = names.get(path);
        if (file == null) return;
        if (how.contains("O_TRUNC")) file.truncate(0);
        if (how.contains("O_WRONLY") || how.contains("O_RDWR")) file.position = 0;
    }

    private static Path string(Call call, int number) {
        return Path.of(new String(call.data(number), StandardCharsets.UTF_8));
    }

    /** Takes what lies on the disk already. */
    void adopt() throws IOException {
        try (var all = Files.walk(root)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                var file = new File();
                file.durable = Files.readAllBytes(path);
                file.write(file.durable, 0);
                names.put(path, file);
                durableNames.put(path, file);
            }
        }
    }

    /** Writes what is there once the power is back, with unsynced writes dropped. */
    void synced(Path to) throws IOException {
        for (var entry : durableNames.entrySet()) {
            write(to, entry.getKey(), entry.getValue().durable);
        }
    }

    /**
     * The same, with some unsynced writes and names kept, and some kept in part. A rename happens
     * or does not: no file system that keeps a journal has a file under neither name.
     */
    void torn(Path to, Random random) throws IOException {
        var all = new TreeMap<>(durableNames);
        for (var entry : names.entrySet()) {
            if (entry.getValue().equals(durableNames.get(entry.getKey()))) continue;
            if (random.nextBoolean()) continue;
            all.values().removeIf(file -> file.equals(entry.getValue()));
            all.put(entry.getKey(), entry.getValue());
        }
        for (var entry : durableNames.entrySet()) {
            boolean renamed = names.containsValue(entry.getValue());
            boolean replaced = names.containsKey(entry.getKey());
            if (!renamed && !replaced && random.nextBoolean()) all.remove(entry.getKey());
        }
        for (var entry : all.entrySet()) {
            boolean log = entry.getKey().toString().endsWith(".seg");
            var file = entry.getValue();
            boolean pages = log && random.nextBoolean();
            write(to, entry.getKey(), pages ? file.somePages(random) : file.some(random));
        }
    }

    private void write(Path to, Path name, byte[] octets) throws IOException {
        Path target = to.resolve(root.relativize(name).toString());
        Files.createDirectories(target.getParent());
        Files.write(target, octets);
    }
}
