package dev.sobre.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.Deflater;

/**
 * Compresses what is sent, buffer by buffer: each ends where a client can read all of it, and
 * refers to nothing before it. So a connection that is silent holds no compressor, whose memory is
 * a quarter of a MiB, and what two buffers have in common does not show in their lengths.
 */
final class Deflation {

    /** What the end of a buffer and its blocks cost where nothing gets shorter. */
    private static final int OVERHEAD = 64;

    private static final int KEPT = Runtime.getRuntime().availableProcessors();
    private static final BlockingQueue<Deflater> IDLE = new ArrayBlockingQueue<>(KEPT);

    private Deflation() {}

    /** The compressed form of a buffer, which is released. RFC 1951, without zlib's header. */
    static ByteBuf of(ByteBuf plain, ByteBufAllocator allocator) {
        int octets = plain.readableBytes();
        ByteBuf out = allocator.directBuffer(octets + octets / 1024 + OVERHEAD);
        Deflater idle = IDLE.poll();
        var deflater = idle == null ? new Deflater(Deflater.BEST_SPEED, true) : idle;
        try {
            deflater.setInput(plain.nioBuffer());
            while (true) {
                var room = out.nioBuffer(out.writerIndex(), out.writableBytes());
                int some = deflater.deflate(room, Deflater.SYNC_FLUSH);
                out.writerIndex(out.writerIndex() + some);
                if (room.hasRemaining()) return out;
                out.ensureWritable(OVERHEAD);
            }
        } finally {
            plain.release();
            deflater.reset();
            if (!IDLE.offer(deflater)) deflater.end();
        }
    }
}
