package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment, version 2. All numbers are big-endian, all checksums CRC32C.
 *
 * <pre>
 * file:    "SOBRESEG", version 4, segment number 8, kind 8 (1: of moved bodies, else 0), secret 8,
 *          checksum of these 4
 * record:  head, body in CRLF form, tail
 * head:    "SMSG", secret 8, version 2, zeros 2, head length 4, block size 4, body length 8,
 *          delivery id 16, internal date 8 (s) + 4 (ns), targets 4, system flags 4,
 *          name 8 (segment) + 8 (offset), checksum of these 4, zeros up to head length
 * tail:    checksum 4 of each block of the body, targets (account 8, mailbox 8),
 *          checksum 4 of head and tail
 * </pre>
 *
 * A record says where its message belongs, so that messages whose metadata died can be restored.
 * Its name is the place where its body lay first; zeros in a record that was never moved.
 *
 * <p>The secret is drawn for each segment. Who sends mail does not know it, so whatever a body
 * looks like, it holds no record: what has another secret than its segment is none. It is never
 * shown.
 */
final class SegmentFormat {

    static final int VERSION = 2;
    static final int FILE_HEAD = 40;
    static final int HEAD = 88;
    static final int BLOCK = 32 << 10;

    /** Space for the heads in front of a body that arrives in a file of its own. */
    static final int RESERVED = 4096;

    private static final long FILE_MAGIC = 0x534F425245534547L; // SOBRESEG
    static final int MAGIC = 0x534D5347; // SMSG

    /** Where a record has its secret: behind its letters. */
    static final int SECRET_AT = 4;

    /** No segment's secret. */
    static final long NO_SECRET = 0;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int FILE_SECRET_AT = 28;
    private static final int LENGTH_AT = 16;
    private static final int NAME_AT = 68;
    private static final int MOST_TARGETS = 1 << 20;

    private SegmentFormat() {}

    /** Whose body a record holds. */
    record Origin(DeliveryId delivery, Instant date, int systemFlags, List<MailboxId> targets) {
        Origin {
            targets = List.copyOf(targets);
        }
    }

    /** A record's head as it was read. */
    record Head(
            int length,
            long bodyLength,
            DeliveryId delivery,
            Instant date,
            int systemFlags,
            int targets,
            long nameSegment,
            long nameOffset) {

        /** What the body is called that lies at {@code here}. */
        BlobRef name(BlobRef here) {
            return nameSegment == 0 ? here : new BlobRef(nameSegment, nameOffset, bodyLength);
        }

        int blocks() {
            return blocksOf(bodyLength, BLOCK);
        }

        long tailLength() {
            return 4L * blocks() + 16L * targets + 4;
        }

        /** The length of the whole record; negative when the head lies. */
        long recordLength() {
            return length + bodyLength + tailLength();
        }
    }

    static long newSecret() {
        long secret = RANDOM.nextLong();
        return secret == NO_SECRET ? newSecret() : secret;
    }

    static ByteBuffer fileHead(long segment, boolean moved, long secret) {
        var head = ByteBuffer.allocate(FILE_HEAD);
        head.putLong(FILE_MAGIC).putInt(VERSION).putLong(segment).putLong(moved ? 1 : 0);
        head.putLong(secret);
        head.putInt(crc(head.array(), 0, FILE_HEAD - 4));
        return head.flip();
    }

    /** Whether these are the first bytes of segment {@code number}. */
    static boolean isFileHead(ByteBuffer head, long number, boolean moved) {
        return head.remaining() == FILE_HEAD
                && head.equals(fileHead(number, moved, secretOfFile(head)));
    }

    /** The secret in the head of a file. */
    static long secretOfFile(ByteBuffer head) {
        return head.getLong(FILE_SECRET_AT);
    }

    /** The octets that a body of this length takes up at least. */
    static long octets(long bodyLength) {
        return HEAD + bodyLength + 4L * blocksOf(bodyLength, BLOCK) + 4;
    }

    /** The head of a record, {@code headLength} bytes long. */
    static ByteBuffer head(long secret, Origin origin, long bodyLength, int headLength) {
        var head = ByteBuffer.allocate(headLength);
        head.putInt(MAGIC).putLong(secret).putShort((short) VERSION).putShort((short) 0);
        head.putInt(headLength).putInt(BLOCK).putLong(bodyLength);
        head.putLong(origin.delivery.high()).putLong(origin.delivery.low());
        head.putLong(origin.date.getEpochSecond()).putInt(origin.date.getNano());
        head.putInt(origin.targets.size()).putInt(origin.systemFlags);
        head.putInt(HEAD - 4, crc(head.array(), 0, HEAD - 4));
        return head.clear();
    }

    /** The head of a record that is moved to another segment, made from the one it had. */
    static ByteBuffer movedHead(long secret, byte[] old, BlobRef name) {
        var head = ByteBuffer.wrap(old.clone());
        head.putLong(SECRET_AT, secret).putInt(LENGTH_AT, HEAD);
        head.putLong(NAME_AT, name.place()).putLong(NAME_AT + 8, name.offset());
        head.putInt(HEAD - 4, crc(head.array(), 0, HEAD - 4));
        return head;
    }

    /** The tail of a record that is moved, made from the one it had. */
    static ByteBuffer movedTail(ByteBuffer head, byte[] old) {
        var tail = ByteBuffer.wrap(old.clone());
        tail.putInt(old.length - 4, tailSum(head, old));
        return tail;
    }

    /** Reads a head from the first octets; empty when these are not one of the segment. */
    static Optional<Head> readHead(long secret, byte[] head) {
        if (head.length < HEAD) return Optional.empty();
        var in = ByteBuffer.wrap(head);
        if (in.getInt() != MAGIC || in.getLong() != secret) return Optional.empty();
        if (in.getInt(HEAD - 4) != crc(head, 0, HEAD - 4)) return Optional.empty();
        if (in.getShort() != VERSION) return Optional.empty();
        in.getShort();
        int length = in.getInt();
        int blockSize = in.getInt();
        long bodyLength = in.getLong();
        var delivery = new DeliveryId(in.getLong(), in.getLong());
        long seconds = in.getLong();
        int nanos = in.getInt();
        int targets = in.getInt();
        int flags = in.getInt();
        long segment = in.getLong();
        long offset = in.getLong();
        if (length < HEAD || blockSize != BLOCK || bodyLength < 0) return Optional.empty();
        if (targets < 0 || targets > MOST_TARGETS) return Optional.empty();
        if (segment < 0 || offset < 0) return Optional.empty();
        try {
            var date = Instant.ofEpochSecond(seconds, nanos);
            return Optional.of(
                    new Head(length, bodyLength, delivery, date, flags, targets, segment, offset));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The tail of a record whose head was made by {@link #head}. */
    static ByteBuffer tail(ByteBuffer head, int[] blockSums, Origin origin) {
        var tail = ByteBuffer.allocate(4 * blockSums.length + 16 * origin.targets.size() + 4);
        for (int sum : blockSums) tail.putInt(sum);
        for (var target : origin.targets) {
            tail.putLong(target.account().value()).putLong(target.number());
        }
        tail.putInt(tailSum(head, tail.array()));
        return tail.flip();
    }

    private static int tailSum(ByteBuffer head, byte[] tail) {
        var crc = new CRC32C();
        crc.update(head.duplicate().position(0).limit(HEAD));
        crc.update(tail, 0, tail.length - 4);
        return (int) crc.getValue();
    }

    /** Whether a tail is whole and belongs to this head. */
    static boolean isTail(ByteBuffer head, byte[] tail) {
        return ByteBuffer.wrap(tail).getInt(tail.length - 4) == tailSum(head, tail);
    }

    /** The mailboxes that a whole tail names. */
    static List<MailboxId> targets(Head head, byte[] tail) {
        var in = ByteBuffer.wrap(tail).position(4 * head.blocks());
        List<MailboxId> targets = new ArrayList<>();
        for (int i = 0; i < head.targets; i++) {
            targets.add(new MailboxId(new AccountId(in.getLong()), in.getLong()));
        }
        return targets;
    }

    static int blocksOf(long bodyLength, int blockSize) {
        return Math.toIntExact((bodyLength + blockSize - 1) / blockSize);
    }

    static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    static int crc(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
