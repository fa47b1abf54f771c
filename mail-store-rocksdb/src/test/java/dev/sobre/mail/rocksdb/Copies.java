package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Copies of an open store's directory, which look as after a kill, and injuries to them. */
final class Copies {

    private Copies() {}

    /**
     * Copies a store. The engine goes on in the background, so its list of files comes first, and
     * when one of them is gone by then, all is copied again.
     */
    static Path copy(Path from, Path to) throws IOException {
        while (true) {
            try {
                return copyOnce(from, to);
            } catch (NoSuchFileException gone) {
                clear(to);
            } catch (UncheckedIOException e) { // while the files are listed
                if (!(e.getCause() instanceof NoSuchFileException)) throw e;
                clear(to);
            }
        }
    }

    private static void clear(Path place) throws IOException {
        if (Files.exists(place)) Home.remove(place);
    }

    private static Path copyOnce(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            Comparator<Path> listFirst =
                    Comparator.comparing(p -> !p.getFileName().toString().startsWith("MANIFEST"));
            for (Path source : all.sorted(listFirst.thenComparing(p -> p)).toList()) {
                Path target = to.resolve(from.relativize(source).toString());
                Files.createDirectories(target.getParent());
                if (Files.isDirectory(source)) Files.createDirectories(target);
                else Files.copy(source, target);
            }
        }
        return to;
    }

    /** The segments, oldest first. */
    static List<Path> segments(Path store) throws IOException {
        return files(store.resolve("segments"), "*.seg");
    }

    /** The segment that grew when a store was killed. */
    static Path growing(Path store) throws IOException {
        String number = Files.readString(store.resolve("END")).split(" ")[1];
        return store.resolve("segments").resolve(Segments.name(Long.parseLong(number)));
    }

    static List<Path> files(Path directory, String pattern) throws IOException {
        try (var files = Files.newDirectoryStream(directory, pattern)) {
            var all = new ArrayList<Path>();
            files.forEach(all::add);
            all.sort(Comparator.naturalOrder());
            return all;
        }
    }

    static void cut(Path file, long length) throws IOException {
        try (var f = FileChannel.open(file, StandardOpenOption.WRITE)) {
            f.truncate(length);
        }
    }

    static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 0x10;
        Files.write(file, bytes);
    }
}
