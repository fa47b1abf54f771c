package dev.sobre.tls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read from files, and is read from them again when they change. Where one is broken, all
 * stays as it was and the log says why.
 */
public final class FollowedFiles<T> {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);

    private final String what;
    private final List<Path> files;
    private final Reader<T> reader;
    private volatile Snapshot<T> now;
    private String complaint = "";

    /** Makes something out of all files, or says what is wrong with them. */
    public interface Reader<T> {
        T read(List<Path> files) throws PkiException;
    }

    private record Snapshot<T>(List<Stamp> stamps, T content) {}

    /** By which a changed file is known. */
    private record Stamp(Object time, long size, @Nullable Object inode) {}

    private FollowedFiles(String what, List<Path> files, Reader<T> reader, Snapshot<T> now) {
        this.what = what;
        this.files = files;
        this.reader = reader;
        this.now = now;
    }

    /**
     * Reads files.
     *
     * @param what they hold, in the plural, for the log
     */
    public static <T> FollowedFiles<T> of(String what, List<Path> files, Reader<T> reader)
            throws PkiException {
        var all = List.copyOf(files);
        return new FollowedFiles<>(what, all, reader, read(what, all, reader));
    }

    /** What is in no file and never changes. */
    public static <T> FollowedFiles<T> fixed(T content) {
        return new FollowedFiles<>("", List.of(), _ -> content, new Snapshot<>(List.of(), content));
    }

    /** What was read last. Touches no disk. */
    public T now() {
        return now.content;
    }

    /** Whether there is no file that could change. */
    public boolean isFixed() {
        return files.isEmpty();
    }

    /** Reads the files again where one has changed. Touches the disk. */
    public synchronized void refresh() {
        try {
            if (now.stamps.equals(stamps(files))) return;
            now = read(what, files, reader);
            complaint = "";
            LOG.info("read the changed {} {}", what, files);
        } catch (PkiException e) {
            String why = String.valueOf(e.getMessage());
            if (why.equals(complaint)) return; // said already
            complaint = why;
            LOG.warn("kept the {} as they were: {}", what, why);
        }
    }

    private static <T> Snapshot<T> read(String what, List<Path> files, Reader<T> reader)
            throws PkiException {
        try {
            // Before the reading: what changes meanwhile is seen the next time.
            var stamps = stamps(files);
            return new Snapshot<>(stamps, reader.read(files));
        } catch (RuntimeException e) { // what a parser did not expect
            throw new PkiException("cannot read " + what + ": " + e.getMessage(), e);
        }
    }

    private static List<Stamp> stamps(List<Path> files) throws PkiException {
        var stamps = new ArrayList<Stamp>();
        for (Path file : files) {
            try {
                var seen = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.add(new Stamp(seen.lastModifiedTime(), seen.size(), seen.fileKey()));
            } catch (NoSuchFileException e) {
                throw new PkiException("there is no file " + file, e);
            } catch (IOException e) {
                throw new PkiException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return stamps;
    }
}
