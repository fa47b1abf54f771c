package dev.sobre.mail.rocksdb;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Sums a body block by block as its octets pass. */
final class BlockSums {

    private final int[] sums;
    private final CRC32C crc = new CRC32C();
    private int done;
    private int inBlock;

    BlockSums(long bodyLength) {
        sums = new int[SegmentFormat.blocksOf(bodyLength, SegmentFormat.BLOCK)];
    }

    /** The sums of a body in memory. */
    static int[] of(ByteBuffer body) {
        var sums = new BlockSums(body.remaining());
        sums.update(body.duplicate());
        return sums.finish();
    }

    /** Takes all remaining octets. */
    void update(ByteBuffer octets) {
        while (octets.hasRemaining()) {
            int most = Math.min(octets.remaining(), SegmentFormat.BLOCK - inBlock);
            crc.update(octets.slice(octets.position(), most));
            octets.position(octets.position() + most);
            inBlock += most;
            if (inBlock == SegmentFormat.BLOCK) endBlock();
        }
    }

    int[] finish() {
        if (inBlock > 0) endBlock();
        if (done != sums.length) throw new IllegalStateException("body is shorter than promised");
        return sums;
    }

    private void endBlock() {
        sums[done++] = (int) crc.getValue();
        crc.reset();
        inBlock = 0;
    }
}
