package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A loop that has much to do. */
class EventLoopsTest {

    private static final int SOME = 1000; // tasks, which take a tenth of a second

    private final EventLoop loop = EventLoops.shared().group().next();
    private volatile boolean over;
    private final AtomicLong tasks = new AtomicLong();
    private final AtomicLong read = new AtomicLong(); // how many tasks were done by then

    /** A task after the other, none of which takes long. */
    private void work() {
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(100);
        while (System.nanoTime() < end) Thread.onSpinWait();
        tasks.incrementAndGet();
        if (!over) loop.execute(this::work);
    }

    @Test
    void looksAtItsSocketsBetweenTasks() throws Exception {
        var server =
                new ServerBootstrap()
                        .group(loop)
                        .channel(EventLoops.shared().server())
                        .childHandler(new Echo())
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .sync()
                        .channel();
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        try (var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(20_000);
            loop.execute(this::work);
            for (int i = 0; i < 5; i++) {
                client.getOutputStream().write(i);
                long before = tasks.get(); // the octet is there: we are on one machine
                assertEquals(i, client.getInputStream().read());
                long meanwhile = read.get() - before;
                assertTrue(meanwhile < SOME, meanwhile + " tasks came first");
            }
        } finally {
            over = true;
            server.close().sync();
        }
    }

    private final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            read.set(tasks.get());
            context.writeAndFlush(message);
        }
    }
}
