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

/**
 * Makes a store from a backup. Every mailbox has a UIDVALIDITY then that it never had before,
 * because UIDs that were given out after the backup would else be given to other messages.
 */
public final class StoreRestore {

    /** How far the UIDVALIDITY may have come since a backup, beyond one each second. */
    private static final long LEAP = 1 << 20;

    static final long MOST = 0xFFFF_FFFFL - (1 << 24);

    private StoreRestore() {}

    /** When the backup in a directory was taken. */
    public static Instant taken(Path backup) {
        return manifest(backup).taken();
    }

    /**
     * Makes the store; it is there as a whole, or not at all.
     *
     * @param store a directory that is empty or does not exist, or a store that was never used
     * @throws StoreException with {@link Reason#MISSING} when there is no whole backup, with {@link
     *     Reason#EXISTS} when the store is not empty
     */
    public static BackupProgress restore(
            Path backup, Path store, Consumer<BackupProgress> listener) {
        Path target = store.toAbsolutePath();
        Path fresh = Home.restoring(target);
        try {
            requireEmpty(target);
            var manifest = manifest(backup);
            if (Files.exists(fresh)) Home.remove(fresh); // of a restore that was interrupted
            Home.enter(fresh).close();
            var progress = copy(backup, manifest, fresh, listener);
            try (var open = RocksMailStore.open(fresh)) {
                open.renewUidValidities(LEAP + secondsSince(manifest.taken()));
            }
            if (Files.exists(target)) Home.remove(target); // there is nothing in it
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            Home.syncDirectory(fresh.resolveSibling("."));
            return progress;
        } catch (IOException e) {
            throw unreadable(e);
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
            Path backup, BackupManifest manifest, Path fresh, Consumer<BackupProgress> listener)
            throws IOException {
        Path metadata = fresh.resolve("meta");
        Files.delete(metadata);
        Copying.copyAll(backup.resolve(manifest.metadata()), metadata);
        long all = manifest.segments().values().stream().mapToLong(Long::longValue).sum();
        var progress = BackupProgress.of(all);
        for (var segment : manifest.segments().entrySet()) {
            String name = Segments.name(segment.getKey());
            long length = segment.getValue();
            boolean whole =
                    SegmentCopy.make(
                            backup.resolve("segments").resolve(name),
                            fresh.resolve("segments").resolve(name),
                            length);
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
