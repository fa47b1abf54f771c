package dev.sobre.mail.rocksdb;

/**
 * How an embedded store uses memory and disk; the defaults suit a small server.
 *
 * @param segmentOctets a segment that has grown beyond this is followed by a new one
 * @param inlineOctets bodies up to this length wait in memory and share segments; a longer one
 *     arrives in a file of its own, which becomes its segment
 * @param blockCacheOctets RocksDB's block cache
 * @param writeBufferOctets RocksDB's write buffer
 * @param readers platform threads on which sessions' reads of the engine run
 * @param groupCommits the most changes that share one commit
 * @param cachedRows mailbox index rows kept in memory, all mailboxes together
 * @param expungesKept how many expunges of a mailbox its change record reaches back
 * @param compaction how the space of bodies that nothing refers to is freed
 * @param sync when a change is on the disk
 */
public record StoreSettings(
        long segmentOctets,
        int inlineOctets,
        long blockCacheOctets,
        long writeBufferOctets,
        int readers,
        int groupCommits,
        long cachedRows,
        int expungesKept,
        Compaction compaction,
        Sync sync) {

    /** When a change is on the disk. */
    public enum Sync {
        /** Before it is answered: nothing that was acknowledged is lost. */
        DURABLE,
        /**
         * Within a second. The end of the process loses nothing; the end of power loses what was
         * acknowledged in the last seconds, and messages of that time may be listed and not be
         * there.
         */
        RELAXED
    }

    private static final int MIB = 1 << 20;

    /**
     * How the space of bodies that nothing refers to is freed.
     *
     * @param deadPercent a segment of which so much is dead has its live bodies moved to a new one
     * @param octetsPerSecond how fast they are moved
     */
    public record Compaction(int deadPercent, long octetsPerSecond) {

        static final Compaction USUAL = new Compaction(40, 32L * MIB);

        public Compaction {
            if (deadPercent < 1 || deadPercent > 100 || octetsPerSecond < 1) {
                throw new IllegalArgumentException("a percentage or rate is out of range");
            }
        }

        Pace pace() {
            return new SteadyPace(octetsPerSecond);
        }
    }

    public StoreSettings {
        if (segmentOctets < 4096 || inlineOctets < 0 || inlineOctets > 16 * MIB) {
            throw new IllegalArgumentException("segment or inline size out of range");
        }
        if (readers < 1 || groupCommits < 1 || cachedRows < 0 || expungesKept < 1) {
            throw new IllegalArgumentException("a count is out of range");
        }
    }

    /** Settings for a small server. */
    public static StoreSettings small() {
        return new StoreSettings(
                64L * MIB,
                128 << 10,
                32L * MIB,
                16L * MIB,
                4,
                256,
                2_000_000,
                4096,
                Compaction.USUAL,
                Sync.DURABLE);
    }

    public StoreSettings withSegmentOctets(long octets) {
        return new StoreSettings(
                octets,
                inlineOctets,
                blockCacheOctets,
                writeBufferOctets,
                readers,
                groupCommits,
                cachedRows,
                expungesKept,
                compaction,
                sync);
    }

    public StoreSettings withWriteBufferOctets(long octets) {
        return new StoreSettings(
                segmentOctets,
                inlineOctets,
                blockCacheOctets,
                octets,
                readers,
                groupCommits,
                cachedRows,
                expungesKept,
                compaction,
                sync);
    }

    public StoreSettings withCachedRows(long rows) {
        return new StoreSettings(
                segmentOctets,
                inlineOctets,
                blockCacheOctets,
                writeBufferOctets,
                readers,
                groupCommits,
                rows,
                expungesKept,
                compaction,
                sync);
    }

    public StoreSettings withExpungesKept(int most) {
        return new StoreSettings(
                segmentOctets,
                inlineOctets,
                blockCacheOctets,
                writeBufferOctets,
                readers,
                groupCommits,
                cachedRows,
                most,
                compaction,
                sync);
    }

    public StoreSettings withCompaction(Compaction how) {
        return new StoreSettings(
                segmentOctets,
                inlineOctets,
                blockCacheOctets,
                writeBufferOctets,
                readers,
                groupCommits,
                cachedRows,
                expungesKept,
                how,
                sync);
    }

    public StoreSettings withSync(Sync when) {
        return new StoreSettings(
                segmentOctets,
                inlineOctets,
                blockCacheOctets,
                writeBufferOctets,
                readers,
                groupCommits,
                cachedRows,
                expungesKept,
                compaction,
                when);
    }

    public StoreSettings withBlockCacheOctets(long octets) {
        return new StoreSettings(
                segmentOctets,
                inlineOctets,
                octets,
                writeBufferOctets,
                readers,
                groupCommits,
                cachedRows,
                expungesKept,
                compaction,
                sync);
    }
}
