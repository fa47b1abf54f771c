package dev.sobre.mail;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What a server keeps of a password for SCRAM-SHA-256 (RFC 5802 §3, RFC 5803, RFC 7677): enough to
 * check it, not enough to log in with. Compared in constant time.
 */
@SuppressWarnings("ArrayRecordComponent") // equals looks into them; nobody changes them
public record ScramKeys(byte[] storedKey, byte[] serverKey) {

    @Override
    public boolean equals(Object other) {
        return other instanceof ScramKeys that
                && MessageDigest.isEqual(storedKey, that.storedKey)
                && MessageDigest.isEqual(serverKey, that.serverKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(storedKey);
    }

    @Override
    public String toString() {
        return "ScramKeys";
    }
}
