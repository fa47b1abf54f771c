package dev.sobre.mail.search;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text index and the thread that keeps it. The index is there, or it is not: while it is opened
 * and checked, or after it failed, searches do without. One that is damaged is made anew.
 */
final class SearchIndex implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

    private final MailStore store;
    private final Path place;
    private final SearchSettings settings;
    private final Set<MailboxId> wanted = ConcurrentHashMap.newKeySet(); // or all of them
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Open open;

    /** The index while it is open. */
    private record Open(TextIndex index, Follower follower) {}

    SearchIndex(MailStore store, Path place, SearchSettings settings) {
        this.store = store;
        this.place = place;
        this.settings = settings;
        this.thread = Thread.ofPlatform().daemon().name("search-index").unstarted(this::keep);
        thread.start();
    }

    /** What the index knows now; empty when it can't be asked. */
    Optional<Snapshot> snapshot() {
        Open now = open;
        if (now == null) return Optional.empty();
        try {
            return Optional.of(now.index.snapshot());
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // it was closed meanwhile
        }
    }

    /** Somebody looks for a text in a mailbox: from now on it is to be indexed. */
    void want(MailboxId mailbox) {
        if (settings.indexing().everything() || !wanted.add(mailbox)) return;
        Open now = open;
        if (now != null) now.follower.hint(mailbox);
    }

    /** A search could not read the index, which is then looked at. */
    void suspect(Throwable why) {
        LOG.warn("the search index in {} can't be read ({}); it is checked", place, why.toString());
        Open now = open;
        if (now != null) now.follower.suspect();
    }

    /** Whether searches see all that the store is known to have. */
    boolean isIdle() {
        Open now = open;
        return now != null && now.follower.isIdle();
    }

    private void keep() {
        while (ending.getCount() > 0) {
            try (TextIndex index = openOrMakeAnew();
                    var follower = new Follower(store, index, settings, wanted)) {
                open = new Open(index, follower);
                if (ending.getCount() == 0) follower.stop();
                follower.run();
            } catch (IOException | RuntimeException | LinkageError e) {
                say(e);
                open = null;
                if (isEnding(settings.times().retry().toMillis())) return;
            } finally {
                open = null;
            }
        }
    }

    private TextIndex openOrMakeAnew() throws IOException {
        createDirectory();
        try {
            return TextIndex.open(place, settings);
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | EOFException
                | FileNotFoundException
                | NoSuchFileException
                | IllegalArgumentException e) {
            LOG.warn(
                    "the search index in {} is damaged or of another version ({}); it is made anew,"
                            + " and until then searches read the messages",
                    place,
                    e.getMessage());
            clear();
            return TextIndex.open(place, settings);
        }
    }

    /** What is in it are the texts of mails. */
    private void createDirectory() throws IOException {
        if (Files.isDirectory(place)) return;
        if (place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var owner = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(place, PosixFilePermissions.asFileAttribute(owner));
        } else {
            Files.createDirectories(place);
        }
    }

    private void clear() throws IOException {
        try (var files = Files.newDirectoryStream(place)) {
            for (Path each : files) if (Files.isRegularFile(each)) Files.delete(each);
        }
    }

    private void say(Throwable why) {
        String until = "searches read the messages until then";
        long seconds = settings.times().retry().toSeconds();
        if (why instanceof LockObtainFailedException) {
            LOG.warn(
                    "another process has the search index in {}; next attempt in {} s, {}",
                    place,
                    seconds,
                    until);
        } else if (why instanceof StoreException) {
            LOG.warn(
                    "the search index can't follow the store ({}); next attempt in {} s, {}",
                    why.getMessage(),
                    seconds,
                    until);
        } else if (isFull(why)) {
            LOG.warn(
                    "no space is left for the search index in {}; make room. Next attempt in {} s,"
                            + " {}",
                    place,
                    seconds,
                    until);
        } else {
            LOG.warn(
                    "the search index in {} failed ({}); next attempt in {} s, {}",
                    place,
                    why.toString(),
                    seconds,
                    until);
        }
    }

    private static boolean isFull(Throwable why) {
        for (Throwable t = why; t != null; t = t.getCause()) {
            String text = t instanceof FileSystemException f ? f.getReason() : t.getMessage();
            if (text != null && text.contains("No space left")) return true;
        }
        return false;
    }

    private boolean isEnding(long milliseconds) {
        try {
            return ending.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Writes what is known to the disk, and waits until that is done. */
    @Override
    public void close() {
        ending.countDown();
        Open now = open;
        if (now != null) now.follower.stop();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
