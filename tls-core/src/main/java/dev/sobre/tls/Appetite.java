package dev.sobre.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.DelegatingHandle;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much of an accepted connection is read at once: {@linkplain #little little} while it shakes
 * hands, then {@linkplain #full what comes}, unless the service wants little for longer. What is
 * read at once is in memory at once, whatever stops the reading after it, so that strangers are
 * read in small portions.
 */
public final class Appetite {
    /** Octets. A hello fits, also one with a post-quantum key share; larger records take turns. */
    static final int LITTLE = 4 * 1024;

    /** Octets: the largest record of TLS 1.3 (RFC 8446 §5.2), which is so read in one go. */
    static final int RECORD = 16 * 1024 + 256 + 5;

    private Appetite() {}

    /** Reads 4 KiB of a connection at a time; on its event loop. */
    public static void little(Channel channel) {
        is(true, channel);
    }

    /** Reads what comes, up to 64 KiB at a time and a whole record at least; from any thread. */
    public static void full(Channel channel) {
        is(false, channel);
    }

    /** Gives a channel its appetite, a little one, before it reads anything. */
    static void begin(Channel channel) {
        RecvByteBufAllocator standard = channel.config().getRecvByteBufAllocator();
        channel.config()
                .setRecvByteBufAllocator(new Portions((ExtendedHandle) standard.newHandle()));
    }

    /** A channel that no listener of ours accepted reads as it likes. */
    private static void is(boolean little, Channel channel) {
        RecvByteBufAllocator portions = channel.config().getRecvByteBufAllocator();
        if (portions instanceof Portions ours) ours.little = little;
    }

    /**
     * Netty's adaptive portions, cut while little is wanted, and later large enough for a record.
     * Channels keep the handle that they first got, so it is one and the same, and lives as long as
     * the channel.
     */
    private static final class Portions extends DelegatingHandle
            implements RecvByteBufAllocator, ExtendedHandle {
        private volatile boolean little = true;

        Portions(ExtendedHandle adaptive) {
            super(adaptive);
        }

        @Override
        public ExtendedHandle newHandle() {
            return this;
        }

        @Override
        public int guess() {
            int portion = delegate().guess();
            return little ? Math.min(portion, LITTLE) : Math.max(portion, RECORD);
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return ((ExtendedHandle) delegate()).continueReading(maybeMore);
        }
    }
}
