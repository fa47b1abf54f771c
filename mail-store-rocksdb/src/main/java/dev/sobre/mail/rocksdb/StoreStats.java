package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a store holds and takes up.
 *
 * @param segments files of bodies
 * @param segmentOctets what they take up
 * @param releasedOctets what of that was released and is not freed yet; a body that others still
 *     refer to may count here until its segment is looked into
 * @param bodies bodies that something refers to
 * @param messages messages in all mailboxes
 * @param accounts accounts
 * @param cachedRows rows of mailbox indexes that are in memory
 * @param metadataOctets what RocksDB's files take up
 */
public record StoreStats(
        int segments,
        long segmentOctets,
        long releasedOctets,
        long bodies,
        long messages,
        long accounts,
        long cachedRows,
        long metadataOctets) {

    private static final Logger LOG = LoggerFactory.getLogger(StoreStats.class);

    static StoreStats of(
            Home home, Engine engine, Segments segments, Chores chores, Mailboxes mailboxes) {
        try {
            return engine.away(
                    () -> {
                        var numbers = segments.newestFirst();
                        return engine.read(
                                reads ->
                                        new StoreStats(
                                                numbers.size(),
                                                numbers.stream().mapToLong(segments::octets).sum(),
                                                chores.releasedOctets(),
                                                bodies(reads),
                                                messages(reads),
                                                count(reads, Keys.ACCOUNT),
                                                mailboxes.rows(),
                                                octets(home.engine)));
                    });
        } catch (IOException e) {
            throw new StoreException(Reason.UNAVAILABLE, "the store can't be read", e);
        }
    }

    private static long bodies(Reads reads) {
        long[] count = {0};
        reads.scan(
                Keys.prefix(Keys.BLOB),
                (_, value) -> {
                    if (Counters.decode(Optional.of(value)) != 0) count[0]++;
                    return true;
                });
        return count[0];
    }

    private static long messages(Reads reads) {
        long[] count = {0};
        reads.scan(
                Keys.prefix(Keys.STATE),
                (_, value) -> {
                    count[0] += StoredState.decode(value).counters().messages();
                    return true;
                });
        return count[0];
    }

    private static long count(Reads reads, byte kind) {
        long[] count = {0};
        reads.scan(Keys.prefix(kind), (_, _) -> ++count[0] > 0);
        return count[0];
    }

    private static long octets(Path directory) {
        long octets = 0;
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) octets += Files.size(file);
        } catch (NoSuchFileException e) {
            LOG.debug("RocksDB removed a file while its size was asked for", e);
        } catch (IOException e) {
            LOG.warn("the size of the metadata can't be told", e);
        }
        return octets;
    }
}
