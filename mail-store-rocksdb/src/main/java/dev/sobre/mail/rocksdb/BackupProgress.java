package dev.sobre.mail.rocksdb;

/**
 * How far a backup or a restore has come.
 *
 * @param doneOctets of all segments
 * @param octets what all segments take up
 * @param copiedOctets what of that was copied, because it was not there before
 * @param sharedOctets what of that are the store's own files under a second name
 */
public record BackupProgress(long doneOctets, long octets, long copiedOctets, long sharedOctets) {

    static BackupProgress of(long octets) {
        return new BackupProgress(0, octets, 0, 0);
    }

    BackupProgress after(long length, long copied, long shared) {
        return new BackupProgress(
                doneOctets + length, octets, copiedOctets + copied, sharedOctets + shared);
    }
}
