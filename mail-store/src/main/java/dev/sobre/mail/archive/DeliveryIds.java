package dev.sobre.mail.archive;

import dev.sobre.mail.DeliveryId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names for deliveries into one mailbox that are the same whenever the same mail is imported: of
 * account, mailbox, the message's octets, and which of the equal ones it is. Takes 24 octets of
 * memory for each message.
 */
final class DeliveryIds {

    private static final int FIRST = 1 << 10;

    private final byte[] prefix;
    private long[] keys = new long[FIRST]; // 0 is free
    private int[] counts = new int[FIRST];
    private int used;

    DeliveryIds(String account, String mailbox) {
        this.prefix = (account + "\0" + mailbox + "\0").getBytes(StandardCharsets.UTF_8);
    }

    DeliveryId next(byte[] sum) {
        int ordinal = count(ByteBuffer.wrap(sum).getLong());
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(prefix);
            sha.update(sum);
            byte[] name = sha.digest(ByteBuffer.allocate(4).putInt(ordinal).array());
            return new DeliveryId(
                    ByteBuffer.wrap(name).getLong(0), ByteBuffer.wrap(name).getLong(8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** How often this was asked for a key before. */
    private int count(long key) {
        if (2 * used >= keys.length) grow();
        long some = key == 0 ? 1 : key;
        int at = place(keys, some);
        if (keys[at] == 0) used++;
        keys[at] = some;
        return counts[at]++;
    }

    private static int place(long[] keys, long key) {
        int at = (int) (key ^ (key >>> 32)) & (keys.length - 1);
        while (keys[at] != 0 && keys[at] != key) at = (at + 1) & (keys.length - 1);
        return at;
    }

    private void grow() {
        long[] old = keys;
        int[] oldCounts = counts;
        keys = new long[old.length * 2];
        counts = new int[keys.length];
        for (int i = 0; i < old.length; i++) {
            if (old[i] == 0) continue;
            int at = place(keys, old[i]);
            keys[at] = old[i];
            counts[at] = oldCounts[i];
        }
    }
}
