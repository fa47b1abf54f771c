package dev.sobre.mail;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What a server keeps of a password for SCRAM-SHA-256 (RFC 5802 §3, RFC 5803, RFC 7677): enough to
 * check it, not enough to log in with. Compared in constant time.
 */
@SuppressWarnings("ArrayRecordComponent") // equals looks into them; nobody changes them
public record ScramKeys(byte[] storedKey, byte[] serverKey) {

    /** Whether a client's proof shows that it has the password. RFC 5802 §3. */
    public boolean prove(byte[] authMessage, byte[] proof) {
        byte[] clientKey = ScramHash.hmac(storedKey, authMessage);
        if (proof.length != clientKey.length) return false;
        for (int i = 0; i < proof.length; i++) clientKey[i] ^= proof[i];
        return MessageDigest.isEqual(ScramHash.sha256(clientKey), storedKey);
    }

    /** What shows the client that we have the keys. RFC 5802 §3. */
    public byte[] signature(byte[] authMessage) {
        return ScramHash.hmac(serverKey, authMessage);
    }

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
