package dev.sobre.mail.rocksdb;

/**
 * How far a backup or a restore has come.
 *
 * @param doneOctets of all segments
 * @param octets what all segments take up
 * @param copiedOctets what of that was copied, because it was not there before
 */
public record BackupProgress(long doneOctets, long octets, long copiedOctets) {

    BackupProgress after(long length, long copied) {
        return new BackupProgress(doneOctets + length, octets, copiedOctets + copied);
    }
}
