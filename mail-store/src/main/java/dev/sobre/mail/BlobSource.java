package dev.sobre.mail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A complete body that is not stored yet, made by {@link BlobSink#finish}. */
public sealed interface BlobSource {

    long length();

    /** Opens the body before it is stored, to look at its structure or to copy it. */
    BlobReader open() throws IOException;

    /** A body small enough to be held in memory. */
    record Bytes(ByteBuffer bytes) implements BlobSource {
        @Override
        public long length() {
            return bytes.remaining();
        }

        @Override
        public BlobReader open() {
            return BlobReader.of(bytes);
        }

        public static Bytes of(byte[] bytes) {
            return new Bytes(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        }
    }

    /** A body in an incoming file of its own, which the store adopts when it commits. */
    record InFile(Path path, long start, long length) implements BlobSource {
        @Override
        public BlobReader open() throws IOException {
            return FileReader.open(path, start, length);
        }
    }
}
