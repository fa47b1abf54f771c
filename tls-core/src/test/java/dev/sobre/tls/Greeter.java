package dev.sobre.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A server in a process of its own, so that its calls of the kernel can be looked at. It greets in
 * each way that a service may, says on which ports, and ends when its input does.
 */
final class Greeter {
    /** Its record is told by its length: nothing else of a handshake is as long. */
    static final int GREETING = 1300;

    /** When a service greets. */
    enum When {
        /** While the end of the handshake is announced. */
        AT_ONCE,
        /** As a session that begins on a thread of its own. */
        SOON,
        /** Likewise, and that is all it has to say. */
        LAST
    }

    private Greeter() {}

    public static void main(String[] ignored) throws Exception {
        List<TlsListener> listeners = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            for (When when : When.values()) {
                var tls =
                        TlsContext.of(
                                TlsSettings.of(Identity.selfSigned("localhost"))
                                        .withEngine(engine));
                listeners.add(
                        TlsListener.bind(
                                ListenerSettings.loopback(0),
                                tls,
                                (channel, info) -> greet(channel, when)));
                System.out.println(listeners.getLast().port());
            }
        }
        System.in.transferTo(OutputStream.nullOutputStream());
        listeners.forEach(TlsListener::close);
        System.exit(0);
    }

    private static void greet(Channel channel, When when) {
        switch (when) {
            case AT_ONCE -> send(channel);
            case SOON -> channel.eventLoop().execute(() -> send(channel));
            case LAST -> channel.eventLoop().execute(() -> sendLast(channel));
        }
    }

    private static void send(Channel channel) {
        var _ = channel.writeAndFlush(greeting(channel));
    }

    private static void sendLast(Channel channel) {
        var _ = channel.write(greeting(channel));
        var _ = channel.close();
    }

    private static ByteBuf greeting(Channel channel) {
        return channel.alloc().directBuffer(GREETING).writeZero(GREETING);
    }
}
