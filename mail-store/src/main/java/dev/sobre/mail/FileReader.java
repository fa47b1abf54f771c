package dev.sobre.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A body in a part of a file that holds nothing but incoming mail. */
record FileReader(FileChannel file, long start, long length) implements BlobReader {

    static FileReader open(Path path, long start, long length) throws IOException {
        return Aside.shared()
                .run(
                        () -> {
                            var file = FileChannel.open(path, StandardOpenOption.READ);
                            return new FileReader(file, start, length);
                        });
    }

    @Override
    public int read(long offset, ByteBuffer into) throws IOException {
        if (offset >= length) return -1;
        int count = (int) Math.min(into.remaining(), length - offset);
        ByteBuffer part = into.slice(into.position(), count);
        int read = Aside.shared().run(() -> file.read(part, start + offset));
        if (read > 0) into.position(into.position() + read);
        return read;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
