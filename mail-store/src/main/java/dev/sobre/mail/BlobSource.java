package dev.sobre.mail;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A complete body that is not stored yet, made by {@link BlobSink#finish}. */
public sealed interface BlobSource {

    long length();

    /** A body small enough to be held in memory. */
    record Bytes(ByteBuffer bytes) implements BlobSource {
        @Override
        public long length() {
            return bytes.remaining();
        }

        public static Bytes of(byte[] bytes) {
            return new Bytes(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        }
    }

    /** A body in an incoming file of its own, which the store adopts when it commits. */
    record InFile(Path path, long start, long length) implements BlobSource {}
}
