package dev.sobre.mail.rocksdb;

/**
 * How an embedded store uses memory and disk; the defaults suit a small server.
 *
 * @param disk what lies on the disk
 * @param memory what is kept in memory
 * @param work how much is done at once
 * @param compaction how the space of bodies that nothing refers to is freed
 * @param sync when a change is on the disk
 */
public record StoreSettings(Disk disk, Memory memory, Work work, Compaction compaction, Sync sync) {

    private static final int MIB = 1 << 20;

    /**
     * What lies on the disk.
     *
     * @param segmentOctets a segment that has grown beyond this is followed by a new one
     * @param inlineOctets bodies up to this length wait in memory and share segments; a longer one
     *     arrives in a file of its own, which becomes its segment
     * @param expungesKept how many expunges of a mailbox its change record reaches back
     */
    public record Disk(long segmentOctets, int inlineOctets, int expungesKept) {
        public Disk {
            if (segmentOctets < 4096 || inlineOctets < 0 || inlineOctets > 16 * MIB) {
                throw new IllegalArgumentException("segment or inline size out of range");
            }
            require(expungesKept >= 1);
        }
    }

    /**
     * What is kept in memory.
     *
     * @param blockCacheOctets RocksDB's block cache
     * @param writeBufferOctets RocksDB's write buffer
     * @param cachedRows mailbox index rows, all mailboxes together
     */
    public record Memory(long blockCacheOctets, long writeBufferOctets, long cachedRows) {
        public Memory {
            require(cachedRows >= 0);
        }
    }

    /**
     * How much is done at once.
     *
     * @param readers platform threads on which sessions' reads of the engine run
     * @param groupCommits the most changes that share one commit
     */
    public record Work(int readers, int groupCommits) {
        public Work {
            require(readers >= 1 && groupCommits >= 1);
        }
    }

    /**
     * How the space of bodies that nothing refers to is freed.
     *
     * @param deadPercent a segment of which so much is dead has its live bodies moved to a new one
     * @param octetsPerSecond how fast they are moved
     */
    public record Compaction(int deadPercent, long octetsPerSecond) {
        public Compaction {
            if (deadPercent < 1 || deadPercent > 100 || octetsPerSecond < 1) {
                throw new IllegalArgumentException("a percentage or rate is out of range");
            }
        }

        Pace pace() {
            return new SteadyPace(octetsPerSecond);
        }
    }

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

    private static void require(boolean inRange) {
        if (!inRange) throw new IllegalArgumentException("a count is out of range");
    }

    /** Settings for a small server. */
    public static StoreSettings small() {
        return new StoreSettings(
                new Disk(64L * MIB, 128 << 10, 4096),
                new Memory(32L * MIB, 16L * MIB, 2_000_000),
                new Work(4, 256),
                new Compaction(40, 32L * MIB),
                Sync.DURABLE);
    }

    public StoreSettings withDisk(Disk what) {
        return new StoreSettings(what, memory, work, compaction, sync);
    }

    public StoreSettings withSegmentOctets(long octets) {
        return withDisk(new Disk(octets, disk.inlineOctets, disk.expungesKept));
    }

    public StoreSettings withExpungesKept(int most) {
        return withDisk(new Disk(disk.segmentOctets, disk.inlineOctets, most));
    }

    public StoreSettings withMemory(Memory what) {
        return new StoreSettings(disk, what, work, compaction, sync);
    }

    public StoreSettings withWriteBufferOctets(long octets) {
        return withMemory(new Memory(memory.blockCacheOctets, octets, memory.cachedRows));
    }

    public StoreSettings withCachedRows(long rows) {
        return withMemory(new Memory(memory.blockCacheOctets, memory.writeBufferOctets, rows));
    }

    public StoreSettings withWork(Work howMuch) {
        return new StoreSettings(disk, memory, howMuch, compaction, sync);
    }

    public StoreSettings withCompaction(Compaction how) {
        return new StoreSettings(disk, memory, work, how, sync);
    }

    public StoreSettings withSync(Sync when) {
        return new StoreSettings(disk, memory, work, compaction, when);
    }
}
