package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailboxId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * The layout of RocksDB's key space. A letter says what a key holds; numbers are big-endian, so
 * that keys sort as they count.
 *
 * <pre>
 * v name                        store-wide counters
 * a account                     account
 * n address                     account number
 * e account                     how much an account holds
 * w account                     its app passwords
 * g domain                      how many addresses are at a domain
 * h account                     an administrator who is not disabled
 * x account number              mailbox: name, use
 * u account name                subscription
 * s account number              mailbox state
 * U UIDVALIDITY                 one that was used; it is never used again
 * l account number              up to which UID messages were claimed as recent
 * r account number uid          index row: flags, MODSEQ, size, dates
 * I account number part         packed rows of 256 UIDs; deleted with the change of any
 * m account number uid          message: body, identities, digest (never rewritten)
 * i account hash                thread of a Message-ID or subject
 * j account number name         metadata entry; number 0 stands for the account itself
 * p account number grantee      rights on a mailbox
 * k grantee account number      the same, by who has them
 * c account number modseq       what an expunge removed
 * C account number uid          what a large COPY has made so far, by its first copy
 * d [account number] delivery   what a delivery became
 * b segment offset              how many refer to a body, which is named by its first place
 * f segment offset              where a body lies that was moved
 * o segment                     octets of a segment that were released since it was looked at
 * z segment                     a segment that nothing needs, whose file is to go
 * y account number              a mailbox that is gone, whose messages are to be released
 * R second recipient's mark     who got a mail that may be sent again, by window of time
 * q delivery number             spool entry
 * t second nano delivery number spool entries by the time they are due
 * </pre>
 */
final class Keys {

    static final byte COUNTER = 'v';
    static final byte ACCOUNT = 'a';
    static final byte ADDRESS = 'n';
    static final byte USAGE = 'e';
    static final byte KEYRING = 'w';
    static final byte DOMAIN = 'g';
    static final byte ADMINISTRATOR = 'h';
    static final byte MAILBOX = 'x';
    static final byte SUBSCRIBED = 'u';
    static final byte STATE = 's';
    static final byte UID_VALIDITY = 'U';
    static final byte RECENT = 'l';
    static final byte ROW = 'r';
    static final byte INDEX = 'I';
    static final byte MESSAGE = 'm';
    static final byte THREAD = 'i';
    static final byte METADATA = 'j';
    static final byte GRANT = 'p';
    static final byte GRANTED = 'k';
    static final byte CHANGE = 'c';
    static final byte COPYING = 'C';
    static final byte DELIVERY = 'd';
    static final byte BLOB = 'b';
    static final byte MOVED = 'f';
    static final byte SEGMENT = 'o';
    static final byte RETIRED = 'z';
    static final byte GONE = 'y';
    static final byte REPEAT = 'R';
    static final byte SPOOLED = 'q';
    static final byte DUE = 't';

    private Keys() {}

    static byte[] counter(String name) {
        return of(COUNTER, 16).raw(name.getBytes(StandardCharsets.US_ASCII)).done();
    }

    static byte[] uidValidity(long value) {
        return of(UID_VALIDITY, 9).i64(value).done();
    }

    static byte[] account(AccountId id) {
        return of(ACCOUNT, 9).i64(id.value()).done();
    }

    static byte[] address(String canonical) {
        byte[] utf8 = canonical.getBytes(StandardCharsets.UTF_8);
        return of(ADDRESS, 1 + utf8.length).raw(utf8).done();
    }

    static byte[] domain(String canonical) {
        byte[] utf8 = canonical.getBytes(StandardCharsets.UTF_8);
        return of(DOMAIN, 1 + utf8.length).raw(utf8).done();
    }

    static byte[] usage(AccountId account) {
        return of(USAGE, account);
    }

    /** The key of what an account has one of, and the prefix of what it has many of. */
    static byte[] of(byte kind, AccountId account) {
        return of(kind, 9).i64(account.value()).done();
    }

    static byte[] subscribed(AccountId account, String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return of(SUBSCRIBED, 9 + utf8.length).i64(account.value()).raw(utf8).done();
    }

    /** The name or address with which a key ends. */
    static String text(byte[] key, int from) {
        return new String(key, from, key.length - from, StandardCharsets.UTF_8);
    }

    /** The mailbox that a key names which {@link #of(byte, MailboxId)} made, or made longer. */
    static MailboxId mailbox(byte[] key) {
        var in = new ByteReader(key, 1);
        return new MailboxId(new AccountId(in.i64()), in.i64());
    }

    /** The key of what a mailbox has one of, and the prefix of what it has many of. */
    static byte[] of(byte kind, MailboxId id) {
        return of(kind, 17).i64(id.account().value()).i64(id.number()).done();
    }

    /** The key of a mailbox's row, message (by UID), part of the index or change (by MODSEQ). */
    static byte[] of(byte kind, MailboxId id, long number) {
        return of(kind, 25).i64(id.account().value()).i64(id.number()).i64(number).done();
    }

    static byte[] thread(AccountId account, long hash) {
        return of(THREAD, 17).i64(account.value()).i64(hash).done();
    }

    static byte[] metadata(MailboxId mailbox, String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return new ByteWriter(17 + utf8.length).raw(of(METADATA, mailbox)).raw(utf8).done();
    }

    static byte[] grant(MailboxId mailbox, AccountId to) {
        return of(GRANT, mailbox, to.value());
    }

    static byte[] granted(AccountId to, MailboxId mailbox) {
        return of(GRANTED, 25)
                .i64(to.value())
                .i64(mailbox.account().value())
                .i64(mailbox.number())
                .done();
    }

    /** The mailbox that a key made by {@link #granted} names. */
    static MailboxId grantedMailbox(byte[] key) {
        var in = new ByteReader(key, 9);
        return new MailboxId(new AccountId(in.i64()), in.i64());
    }

    static byte[] delivery(DeliveryId id) {
        return of(DELIVERY, 17).i64(id.high()).i64(id.low()).done();
    }

    static byte[] delivery(DeliveryId id, MailboxId mailbox) {
        return of(DELIVERY, 33)
                .i64(mailbox.account().value())
                .i64(mailbox.number())
                .i64(id.high())
                .i64(id.low())
                .done();
    }

    /** The delivery that a key names which one of the above made. */
    static DeliveryId delivery(byte[] key) {
        var in = new ByteReader(key, key.length - 16);
        return new DeliveryId(in.i64(), in.i64());
    }

    /** The key of what came in the window of time that began at {@code since}. */
    static byte[] repeat(Instant since, DeliveryId mark) {
        return of(REPEAT, 25).i64(since.getEpochSecond()).i64(mark.high()).i64(mark.low()).done();
    }

    /** What precedes all of a window's, and follows all before. */
    static byte[] repeats(Instant since) {
        return of(REPEAT, 9).i64(since.getEpochSecond()).done();
    }

    static byte[] blob(BlobRef ref) {
        return of(BLOB, 17).i64(ref.place()).i64(ref.offset()).done();
    }

    static byte[] moved(BlobRef ref) {
        return of(MOVED, 17).i64(ref.place()).i64(ref.offset()).done();
    }

    /** The key of what is kept of a segment, and the prefix of what is kept of its bodies. */
    static byte[] segment(byte kind, long number) {
        return of(kind, 9).i64(number).done();
    }

    static byte[] spooled(DeliveryId mail, int number) {
        return of(SPOOLED, 21).i64(mail.high()).i64(mail.low()).i32(number).done();
    }

    static byte[] due(Instant time, DeliveryId mail, int number) {
        return due(time, 0).i64(mail.high()).i64(mail.low()).i32(number).done();
    }

    /** The key after those of all entries that are due at {@code time} or before. */
    static byte[] dueAfter(Instant time) {
        return due(time, 1).done();
    }

    private static ByteWriter due(Instant time, int moreNanos) {
        // A negative number would sort last.
        long sortable = time.getEpochSecond() ^ Long.MIN_VALUE;
        return of(DUE, 33).i64(sortable).i32(time.getNano() + moreNanos);
    }

    static byte[] prefix(byte kind) {
        return new byte[] {kind};
    }

    /** The big-endian number that a key ends with. */
    static long last(byte[] key) {
        return new ByteReader(key, key.length - 8).i64();
    }

    /** The first key after all that start with {@code prefix}. */
    static byte[] after(byte[] prefix) {
        byte[] end = prefix.clone();
        for (int i = end.length - 1; i >= 0; i--) {
            if (++end[i] != 0) return Arrays.copyOf(end, i + 1);
        }
        throw new IllegalArgumentException("nothing sorts after this prefix");
    }

    private static ByteWriter of(byte kind, int size) {
        return new ByteWriter(size).u8(kind);
    }
}
