package dev.sobre.mail.rocksdb;

/**
 * How far a compaction of the whole store has come.
 *
 * @param done segments looked into
 * @param segments how many there are
 * @param damaged how many of those looked into are left alone, because they are damaged
 * @param freedOctets octets that are given back to the disk
 */
public record CompactionProgress(int done, int segments, int damaged, long freedOctets) {

    CompactionProgress after(long freed, boolean isDamaged) {
        return new CompactionProgress(
                done + 1, segments, damaged + (isDamaged ? 1 : 0), freedOctets + freed);
    }
}
