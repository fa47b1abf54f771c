package dev.sobre.line;

import dev.sobre.tls.EventLoops;
import dev.sobre.tls.TlsClient;
import dev.sobre.tls.TlsInfo;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection that we made to a server of a line protocol: TLS from its start, or plain until
 * {@link #startTls}. Used by one thread, which waits; nothing is read that nobody asked for.
 */
public final class LineClient implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final Channel channel;
    private final Answers answers;
    private Optional<TlsInfo> tls;
    private @Nullable ChannelFuture unsent;

    private LineClient(Channel channel, Answers answers, Optional<TlsInfo> tls) {
        this.channel = channel;
        this.answers = answers;
        this.tls = tls;
    }

    /** Connects by TCP alone. */
    public static LineClient plain(InetSocketAddress to, Duration timeout) throws IOException {
        var answers = new Answers();
        ChannelFuture connected =
                new Bootstrap()
                        .group(EventLoops.shared().group())
                        .channel(EventLoops.shared().client())
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(timeout.toMillis()))
                        .handler(answers)
                        .connect(to);
        try {
            await(connected, timeout.plusSeconds(1));
        } catch (ConnectTimeoutException e) {
            throw new SocketTimeoutException("no answer within " + timeout.toSeconds() + " s");
        }
        return new LineClient(connected.channel(), answers, Optional.empty());
    }

    /** Connects by TLS. */
    public static LineClient secured(InetSocketAddress to, TlsClient by, Duration timeout)
            throws IOException {
        var answers = new Answers();
        var dialled =
                await(
                        by.dial(
                                to,
                                EventLoops.shared().group().next(),
                                (channel, info) -> {
                                    channel.config().setAutoRead(false);
                                    channel.pipeline().addLast(answers);
                                }),
                        timeout);
        return new LineClient(dialled.channel(), answers, Optional.of(dialled.tls()));
    }

    /**
     * Begins TLS. What the server has sent before the handshake and nobody has read may be an
     * attacker's: then the connection fails.
     */
    public void startTls(TlsClient by, Duration timeout) throws IOException {
        var begun = channel.eventLoop().<Future<TlsInfo>>submit(() -> begin(by));
        tls = Optional.of(await(await(begun, timeout), timeout));
    }

    private Future<TlsInfo> begin(TlsClient by) throws IOException {
        if (!answers.isEmpty()) throw new IOException("the server said more than it was asked");
        channel.pipeline().remove(answers);
        channel.config().setAutoRead(true);
        var promise = channel.eventLoop().<TlsInfo>newPromise();
        var _ =
                by.secure(
                                channel,
                                (secured, info) -> {
                                    secured.config().setAutoRead(false);
                                    secured.pipeline().addLast(answers);
                                    promise.trySuccess(info);
                                })
                        .addListener(
                                done -> {
                                    Throwable cause = done.cause();
                                    if (cause != null) promise.tryFailure(cause);
                                });
        return promise;
    }

    /** What TLS agreed on, once it is there. */
    public Optional<TlsInfo> tls() {
        return tls;
    }

    /** The server's address. */
    public InetSocketAddress remote() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    /** Whether the server has not closed the connection, as far as is known. */
    public boolean isOpen() {
        return channel.isActive();
    }

    /**
     * Reads a line, without its end.
     *
     * @throws LineTooLong when it does not end within {@code longest} octets
     * @throws SocketTimeoutException when nothing comes for so long
     */
    public String readLine(int longest, Duration timeout) throws IOException {
        return answers.line(channel, longest, timeout);
    }

    /** Sends text; what is beyond ASCII, as UTF-8. */
    public void write(String text, Duration timeout) throws IOException {
        write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), timeout);
    }

    /**
     * Sends octets; waits while earlier ones are not gone. They are copied.
     *
     * @throws SocketTimeoutException when the server takes nothing for so long
     */
    public void write(ByteBuffer octets, Duration timeout) throws IOException {
        while (octets.hasRemaining()) {
            if (unsent != null) await(unsent, timeout);
            var chunk = octets.slice(octets.position(), Math.min(CHUNK, octets.remaining()));
            octets.position(octets.position() + chunk.remaining());
            unsent = channel.writeAndFlush(Unpooled.copiedBuffer(chunk));
        }
    }

    @Override
    public void close() {
        channel.close();
        channel.eventLoop().execute(answers::free);
    }

    private static <T> T await(Future<T> future, Duration timeout) throws IOException {
        try {
            if (!future.await(timeout.toMillis())) {
                future.cancel(false);
                throw new SocketTimeoutException("nothing for " + timeout.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
        Throwable cause = future.cause();
        if (cause instanceof IOException io) throw io;
        if (cause != null) throw new IOException(cause.getMessage(), cause);
        return future.getNow();
    }
}
