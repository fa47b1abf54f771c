package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.MessageIds;
import dev.sobre.mail.ThreadId;
import dev.sobre.mail.codec.MimeCodec;
import dev.sobre.mail.mime.Digest;
import dev.sobre.mail.mime.HeaderCache;
import dev.sobre.mail.mime.MimeEntity;

/** What never changes of a stored message. Copies of a message have equal records. */
record MessageRecord(
        BlobRef body,
        EmailId email,
        ThreadId thread,
        String preview,
        HeaderCache headers,
        MimeEntity structure) {

    private static final int VERSION = 2;
    private static final int OWN_THREAD = 0; // the one that this message began
    private static final int OTHER_THREAD = 1;

    /**
     * The stored form.
     *
     * @param digest as {@link #encode(Digest)} gives it
     */
    static byte[] encode(BlobRef body, EmailId email, ThreadId thread, byte[] digest) {
        var out =
                new ByteWriter(64 + digest.length)
                        .u8(VERSION)
                        .count(body.place())
                        .count(body.offset())
                        .count(body.length())
                        .i64(email.high())
                        .i64(email.low());
        boolean own = thread.equals(ThreadId.begunBy(email));
        out.u8(own ? OWN_THREAD : OTHER_THREAD);
        if (!own) out.i64(thread.high()).i64(thread.low());
        return out.raw(digest).done();
    }

    /** The part that is computed by whoever brings the message. */
    static byte[] encode(Digest digest) {
        var headers = digest.headers();
        return new ByteWriter(1024)
                .text(digest.preview())
                .count(Integer.toUnsignedLong(headers.lacking()))
                .i64(headers.othersLow())
                .i64(headers.othersHigh())
                .block(headers.octets())
                .raw(MimeCodec.encode(digest.structure()))
                .done();
    }

    static MessageRecord decode(byte[] value) {
        var in = new ByteReader(value).version(VERSION);
        var body = body(in);
        var email = email(in);
        var thread = thread(in, email);
        String preview = in.text();
        int lacking = (int) in.count();
        long low = in.i64();
        long high = in.i64();
        var headers = HeaderCache.of(in.block(), lacking, low, high);
        return new MessageRecord(
                body, email, thread, preview, headers, MimeCodec.decode(in.rest()));
    }

    /** The body of a record, without reading the rest. */
    static BlobRef body(byte[] value) {
        return body(new ByteReader(value).version(VERSION));
    }

    /** The ids of a record, without reading the rest. */
    static MessageIds ids(long uid, byte[] value) {
        var in = new ByteReader(value).version(VERSION);
        body(in);
        var email = email(in);
        return new MessageIds(uid, email, thread(in, email));
    }

    private static BlobRef body(ByteReader in) {
        return new BlobRef(in.count(), in.count(), in.count());
    }

    private static EmailId email(ByteReader in) {
        return new EmailId(in.i64(), in.i64());
    }

    private static ThreadId thread(ByteReader in, EmailId email) {
        return in.u8() == OWN_THREAD ? ThreadId.begunBy(email) : new ThreadId(in.i64(), in.i64());
    }
}
