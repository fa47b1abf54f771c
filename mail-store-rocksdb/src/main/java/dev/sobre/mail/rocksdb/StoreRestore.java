package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a store from a backup. Every mailbox has a UIDVALIDITY then that it never had before,
 * because UIDs that were given out after the backup would else be given to other messages.
 */
public final class StoreRestore {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRestore.class);

    /** How far the UIDVALIDITY may have come since a backup, beyond one each second. */
    private static final long LEAP = 1 << 20;

    static final long MOST = 0xFFFF_FFFFL - (1 << 24);

    private StoreRestore() {}

    /** When the backup in a directory was taken. */
    public static Instant taken(Path backup) {
        return manifest(backup).taken();
    }

    /**
     * Makes the store; it is there as a whole, or not at all. Of a backup that is damaged it has
     * what can be had of it.
     *
     * @param store a directory that is empty or does not exist, or a store that was never used
     * @param said is told in plain words what is lost of a damaged backup, and what was repaired
     * @throws StoreException with {@link Reason#MISSING} when there is no whole backup, with {@link
     *     Reason#EXISTS} when the store is not empty
     */
    public static BackupProgress restore(
            Path backup, Path store, Consumer<BackupProgress> listener, Consumer<String> said) {
        Path target = store.toAbsolutePath();
        Path fresh = Home.restoring(target);
        try {
            requireEmpty(target);
            var manifest = manifest(backup);
            remove(fresh); // of a restore that was interrupted
            BackupProgress progress;
            try {
                progress = make(backup, manifest, fresh, listener, said);
            } catch (IOException | RuntimeException e) {
                remove(fresh);
                Files.createDirectory(fresh); // that it was begun stays known
                throw e;
            }
            remove(target); // there is nothing in it
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            Home.syncDirectory(fresh.resolveSibling("."));
            return progress;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static void remove(Path store) throws IOException {
        if (Files.exists(store)) Home.remove(store);
    }

    private static BackupProgress make(
            Path backup,
            BackupManifest manifest,
            Path fresh,
            Consumer<BackupProgress> listener,
            Consumer<String> said)
            throws IOException {
        Home.enter(fresh).close();
        var progress = copy(backup, manifest, fresh, listener, said);
        long leap = LEAP + secondsSince(manifest.taken());
        try {
            renew(fresh, leap);
        } catch (StoreException e) {
            if (e.reason() != Reason.DAMAGED) throw e;
            LOG.debug("a damaged backup", e);
            said.accept("the backup is damaged, so what was restored of it is repaired");
            StoreRepair.repair(fresh, said);
            renew(fresh, leap);
        }
        return progress;
    }

    private static void renew(Path store, long leap) {
        try (var open = RocksMailStore.open(store)) {
            open.renewUidValidities(leap);
        }
    }

    /** More each time that the same backup is restored: mail came after the time before, too. */
    private static long secondsSince(Instant taken) {
        return Math.max(0, Instant.now().getEpochSecond() - taken.getEpochSecond());
    }

    private static StoreException unreadable(IOException e) {
        return Health.refusal(e, "the backup can't be restored: " + Health.words(e));
    }

    private static void requireEmpty(Path store) throws IOException {
        if (!Files.exists(store) || Home.isUnused(store)) return;
        try (var files = Files.newDirectoryStream(store)) {
            if (!files.iterator().hasNext()) return;
        }
        throw new StoreException(
                Reason.EXISTS,
                store
                        + " is not empty: a backup is restored where there is no mail; move the"
                        + " directory aside first");
    }

    /** What makes the backup in a directory whole. */
    static BackupManifest manifest(Path backup) {
        try {
            return BackupManifest.read(backup)
                    .orElseThrow(
                            () ->
                                    new StoreException(
                                            Reason.MISSING,
                                            "there is no whole backup in "
                                                    + backup
                                                    + ": one that was interrupted has no file BACKUP"));
        } catch (IOException e) {
            throw Health.refusal(e, "the backup can't be read: " + Health.words(e));
        }
    }

    private static BackupProgress copy(
            Path backup,
            BackupManifest manifest,
            Path fresh,
            Consumer<BackupProgress> listener,
            Consumer<String> said)
            throws IOException {
        Path metadata = fresh.resolve("meta");
        Files.delete(metadata);
        Copying.copyAll(backup.resolve(manifest.metadata()), metadata);
        long all = manifest.segments().values().stream().mapToLong(Long::longValue).sum();
        var progress = BackupProgress.of(all);
        for (var segment : manifest.segments().entrySet()) {
            String name = Segments.name(segment.getKey());
            long length = segment.getValue();
            Path from = backup.resolve("segments").resolve(name);
            long has = Files.exists(from) ? Math.min(Files.size(from), length) : 0;
            if (has < length) {
                said.accept(
                        "lost: %d of the %d octets of %s".formatted(length - has, length, name));
            }
            Path to = fresh.resolve("segments").resolve(name);
            boolean whole = has > 0 && SegmentCopy.make(from, to, has) && has == length;
            progress = progress.copied(length, whole);
            listener.accept(progress);
        }
        Home.syncDirectory(fresh.resolve("segments"));
        return progress;
    }

    /** Gives mailboxes of an open store other UIDVALIDITYs, a few at a time. */
    static void renew(Engine engine, CommitQueue queue, long leap) {
        long[] highest = {0};
        List<MailboxId> all =
                engine.read(
                        reads -> {
                            List<MailboxId> found = new ArrayList<>();
                            reads.scan(
                                    Keys.prefix(Keys.STATE),
                                    (key, value) -> {
                                        long had =
                                                StoredState.decode(value).counters().uidValidity();
                                        if (had + leap < MOST)
                                            highest[0] = Math.max(highest[0], had);
                                        return found.add(Keys.mailbox(key));
                                    });
                            return found;
                        });
        queue.run(
                Commit.byItself(
                        group -> {
                            Counters.leapUidValidity(group, highest[0], leap);
                            return leap;
                        }));
        for (int from = 0; from < all.size(); from += 1000) {
            var some = all.subList(from, Math.min(all.size(), from + 1000));
            queue.run(
                    Commit.byItself(
                            group -> {
                                some.forEach(id -> renew(group, group.mailbox(id)));
                                return some;
                            }));
        }
    }

    private static void renew(Group group, Working mailbox) {
        var c = mailbox.counters();
        var after =
                new MailboxState(
                        Counters.nextUidValidity(group),
                        c.uidNext(),
                        c.highestModSeq() + 1,
                        c.messages(),
                        c.unseen(),
                        c.octets());
        mailbox.step(new Delta.Changed(mailbox.state().with(after), List.of()));
    }
}
