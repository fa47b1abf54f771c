package dev.sobre.line;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a server has said: filled on the event loop as it is asked for, read as lines. */
final class Answers extends ChannelInboundHandlerAdapter {

    private sealed interface Item {}

    private record Octets(ByteBuf buffer) implements Item {}

    private record End(@Nullable Throwable cause) implements Item {}

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private @Nullable ByteBuf current; // the reader's
    private boolean freed; // the event loop's

    String line(Channel channel, int longest, Duration timeout) throws IOException {
        var line = new ByteArrayOutputStream(80);
        long deadline = System.nanoTime() + timeout.toNanos(); // for all of it, not for each octet
        while (true) {
            ByteBuf buffer = readable(channel, Duration.ofNanos(deadline - System.nanoTime()));
            int end = buffer.indexOf(buffer.readerIndex(), buffer.writerIndex(), (byte) '\n');
            int length = (end < 0 ? buffer.writerIndex() : end + 1) - buffer.readerIndex();
            if (line.size() + length > longest) throw new LineTooLong(longest);
            buffer.readBytes(line, length);
            if (end >= 0) return text(line.toByteArray());
        }
    }

    private static String text(byte[] line) {
        int length = line.length - 1;
        if (length > 0 && line[length - 1] == '\r') length--;
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    private ByteBuf readable(Channel channel, Duration timeout) throws IOException {
        ByteBuf now = current;
        if (now != null && now.isReadable()) return now;
        if (now != null) now.release();
        current = null;
        return switch (next(channel, timeout)) {
            case Octets(ByteBuf buffer) -> {
                current = buffer;
                yield readable(channel, timeout);
            }
            case End end -> {
                items.add(end); // for whoever asks again
                if (end.cause == null) throw new EOFException("the server ended the connection");
                throw new IOException("the connection broke: " + end.cause.getMessage(), end.cause);
            }
        };
    }

    private Item next(Channel channel, Duration timeout) throws IOException {
        try {
            Item item = items.poll();
            if (item != null) return item;
            channel.read();
            item = items.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (item != null) return item;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
        throw new SocketTimeoutException("it is silent");
    }

    /** Whether all that came was read. */
    boolean isEmpty() {
        ByteBuf now = current;
        return items.isEmpty() && (now == null || !now.isReadable());
    }

    /** Frees what nobody will read; called on the event loop when the reader is done. */
    void free() {
        freed = true;
        for (Item item = items.poll(); item != null; item = items.poll()) {
            if (item instanceof Octets(ByteBuf buffer)) buffer.release();
        }
        if (current != null) current.release();
        current = null;
    }

    @Override
    public boolean isSharable() {
        return true; // removed and added again by STARTTLS
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var buffer = (ByteBuf) message;
        if (freed || !buffer.isReadable()) buffer.release();
        else items.add(new Octets(buffer));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        items.add(new End(null));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        items.add(new End(cause));
        var _ = ctx.close();
    }
}
