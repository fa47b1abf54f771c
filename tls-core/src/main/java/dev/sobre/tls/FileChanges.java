package dev.sobre.tls;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until some files may have changed. It hears of changes where the system tells of them; what
 * it does not hear of (NFS, a link to a link) is found by whoever looks after the time is over.
 */
final class FileChanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileChanges.class);

    /** Who replaces one file replaces another too, mostly. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final @Nullable WatchService service = service();
    private final Map<Path, WatchKey> heard = new HashMap<>();

    /**
     * Waits for a change, for so long at most.
     *
     * @return false when there is nothing to wait for any more
     */
    boolean await(Collection<Path> files, Duration most) {
        try {
            if (service == null) return !closed.await(most.toMillis(), TimeUnit.MILLISECONDS);
            hear(service, directories(files));
            WatchKey key = service.poll(most.toMillis(), TimeUnit.MILLISECONDS);
            if (key == null) return closed.getCount() > 0;
            if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) return false;
            for (WatchKey each = key; each != null; each = service.poll()) {
                each.pollEvents();
                each.reset();
            }
            return true;
        } catch (ClosedWatchServiceException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (service == null) return;
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("a watch of files did not close", e);
        }
    }

    private void hear(WatchService by, Set<Path> directories) {
        heard.entrySet()
                .removeIf(
                        old -> {
                            boolean gone =
                                    !directories.contains(old.getKey())
                                            || !old.getValue().isValid();
                            if (gone) old.getValue().cancel();
                            return gone;
                        });
        for (Path directory : directories) {
            if (heard.containsKey(directory)) continue;
            try {
                heard.put(
                        directory,
                        directory.register(by, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE));
            } catch (IOException e) {
                LOG.debug("changes in {} are found by looking only: {}", directory, e.toString());
            }
        }
    }

    /** Where the files lie, and each link on the way to them. */
    private static Set<Path> directories(Collection<Path> files) {
        var all = new HashSet<Path>();
        for (Path file : files) {
            Path at = file.toAbsolutePath();
            for (int links = 0; links < 8; links++) {
                Path parent = at.getParent();
                if (parent == null || !Files.isDirectory(parent)) break;
                all.add(parent);
                if (!Files.isSymbolicLink(at)) break;
                try {
                    at = parent.resolve(Files.readSymbolicLink(at));
                } catch (IOException e) {
                    break; // replaced at this moment: the next look sees what by
                }
            }
        }
        return all;
    }

    private static @Nullable WatchService service() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            LOG.info("the system tells of no changes of files ({}): they are found by looking", e);
            return null;
        }
    }
}
