package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Aside;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.BlobSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes bodies ready for the writer, before it takes them. */
final class Bodies {

    private final Home home;
    private final Segments segments;

    Bodies(Home home, Segments segments) {
        this.home = home;
        this.segments = segments;
    }

    /** Sums a body in memory, or makes a file a segment and durable. */
    Ready prepare(BlobSource source, SegmentFormat.Origin origin) {
        try {
            return switch (source) {
                case BlobSource.Bytes(var bytes) -> inMemory(bytes, origin);
                case BlobSource.InFile file -> Aside.shared().run(() -> adopt(own(file), origin));
            };
        } catch (IOException e) {
            throw Health.refusal(e, "the message can't be stored now");
        }
    }

    private static Ready inMemory(ByteBuffer body, SegmentFormat.Origin origin) {
        int[] sums = BlockSums.of(body);
        return new Ready() {
            @Override
            public BlobRef place(Group group) throws IOException {
                return group.body(origin, body, sums);
            }

            @Override
            public void discard() {}
        };
    }

    private boolean isOurs(BlobSource.InFile file) {
        return home.incoming.equals(file.path().getParent())
                && file.start() == SegmentFormat.RESERVED;
    }

    private BlobSource.InFile own(BlobSource.InFile file) throws IOException {
        return isOurs(file) ? file : copy(file);
    }

    private BlobSource.InFile copy(BlobSource.InFile file) throws IOException {
        Path copy = Files.createTempFile(home.incoming, "body", ".in");
        try (var in = FileChannel.open(file.path(), StandardOpenOption.READ);
                var out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            out.position(SegmentFormat.RESERVED);
            long done = 0;
            while (done < file.length()) {
                long more = in.transferTo(file.start() + done, file.length() - done, out);
                if (more <= 0) throw new IOException("the body's file ended too early");
                done += more;
            }
        }
        return new BlobSource.InFile(copy, SegmentFormat.RESERVED, file.length());
    }

    /** Writes head and tail around a body that lies in a file, and makes the file a segment. */
    private Ready adopt(BlobSource.InFile body, SegmentFormat.Origin origin) throws IOException {
        long number = segments.newNumber();
        long secret = SegmentFormat.newSecret();
        try (var file =
                FileChannel.open(body.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int headLength = (int) body.start() - SegmentFormat.FILE_HEAD;
            ByteBuffer head = SegmentFormat.head(secret, origin, body.length(), headLength);
            writeFully(file, SegmentFormat.fileHead(number, false, secret), 0);
            writeFully(file, head.duplicate(), SegmentFormat.FILE_HEAD);
            int[] sums = sum(file, body);
            ByteBuffer tail = SegmentFormat.tail(head, sums, origin);
            long end = body.start() + body.length();
            writeFully(file, tail.duplicate(), end);
            file.truncate(end + tail.limit());
            file.force(false);
        }
        segments.offer(body.path(), number);
        return adopted(new BlobRef(number, body.start(), body.length()));
    }

    private Ready adopted(BlobRef ref) {
        return new Ready() {
            @Override
            public BlobRef place(Group group) {
                group.register(ref.place());
                return ref;
            }

            @Override
            public void discard() {
                segments.withdraw(ref.place());
            }
        };
    }

    private static int[] sum(FileChannel file, BlobSource.InFile body) throws IOException {
        var sums = new BlockSums(body.length());
        var buffer = ByteBuffer.allocateDirect(2 * SegmentFormat.BLOCK);
        for (long done = 0; done < body.length(); ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), body.length() - done));
            int read = file.read(buffer, body.start() + done);
            if (read <= 0) throw new IOException("the body's file ended too early");
            sums.update(buffer.flip());
            done += read;
        }
        return sums.finish();
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes, long position)
            throws IOException {
        while (bytes.hasRemaining()) file.write(bytes, position + bytes.position());
    }
}
