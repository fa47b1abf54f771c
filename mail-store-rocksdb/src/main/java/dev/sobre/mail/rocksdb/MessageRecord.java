package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.codec.MimeCodec;
import dev.sobre.mail.mime.MimeEntity;

/**
 * What never changes of a stored message. Copies of a message have equal records.
 *
 * @param delivery the act of delivery it came by
 */
record MessageRecord(BlobRef body, DeliveryId delivery, MimeEntity structure) {

    /** The stored form, with the structure in the form of {@link MimeCodec}. */
    static byte[] encode(BlobRef body, DeliveryId delivery, byte[] structure) {
        return new ByteWriter(48 + structure.length)
                .u8(1)
                .count(body.place())
                .count(body.offset())
                .count(body.length())
                .i64(delivery.high())
                .i64(delivery.low())
                .raw(structure)
                .done();
    }

    static MessageRecord decode(byte[] value) {
        var in = new ByteReader(value).version(1);
        var body = new BlobRef(in.count(), in.count(), in.count());
        var delivery = new DeliveryId(in.i64(), in.i64());
        return new MessageRecord(body, delivery, MimeCodec.decode(in.rest()));
    }

    /** The body of a record, without reading the rest. */
    static BlobRef body(byte[] value) {
        var in = new ByteReader(value).version(1);
        return new BlobRef(in.count(), in.count(), in.count());
    }
}
