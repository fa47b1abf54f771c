package dev.sobre.mail.rocksdb;

/**
 * How far a backup or a restore has come.
 *
 * @param doneOctets of all segments
 * @param octets what all segments take up
 * @param copiedOctets what of that was copied, because it was not there before
 * @param sharedOctets what of that are the store's own files under a second name
 * @param unreadable segments that the disk could not read whole: the copies lack what it lacks
 */
public record BackupProgress(
        long doneOctets, long octets, long copiedOctets, long sharedOctets, int unreadable) {

    static BackupProgress of(long octets) {
        return new BackupProgress(0, octets, 0, 0, 0);
    }

    BackupProgress after(long length, long copied, long shared) {
        return new BackupProgress(
                doneOctets + length,
                octets,
                copiedOctets + copied,
                sharedOctets + shared,
                unreadable);
    }

    /** A segment was copied, whole or as far as it can be read. */
    BackupProgress copied(long length, boolean whole) {
        var after = after(length, length, 0);
        return new BackupProgress(
                after.doneOctets,
                octets,
                after.copiedOctets,
                sharedOctets,
                unreadable + (whole ? 0 : 1));
    }
}
