package dev.sobre.mail.rocksdb;

/**
 * What a segment must have to free before it is worth moving the rest of it.
 *
 * @param percent of its octets, at least
 * @param least octets, which make up for what is written to free them
 */
record Worth(int percent, long least) {

    /** Anything at all: somebody asked for it. */
    static final Worth ANYTHING = new Worth(0, 1);

    private static final int PARTS = 256;

    static Worth of(StoreSettings settings) {
        long least = settings.disk().segmentOctets() / PARTS;
        return new Worth(settings.compaction().deadPercent(), Math.max(1, least));
    }

    boolean isReached(long dead, long all) {
        return dead >= least && dead >= all / 100.0 * percent;
    }
}
