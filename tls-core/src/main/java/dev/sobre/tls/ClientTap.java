package dev.sobre.tls;

import dev.sobre.tls.wire.FirstBytes;
import dev.sobre.tls.wire.ServerFlight;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;

/** Sees what a server sends first: its flight, or what it speaks instead of TLS. */
final class ClientTap extends ChannelInboundHandlerAdapter {
    private static final int SAMPLE = 64;

    private final ServerFlight flight;
    private byte[] start = new byte[0];

    ClientTap(ServerFlight flight) {
        this.flight = flight;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            if (start.length == 0) start = sample(bytes);
            flight.see(bytes);
            if (flight.done() && tls()) ctx.pipeline().remove(this);
        }
        ctx.fireChannelRead(message);
    }

    boolean asksForCertificate() {
        return flight.asksForCertificate();
    }

    boolean silent() {
        return start.length == 0;
    }

    /** What the server speaks where it is not TLS. */
    Optional<String> other() {
        return silent() || tls()
                ? Optional.empty()
                : Optional.of(FirstBytes.guess(Unpooled.wrappedBuffer(start)));
    }

    /** The first line of what the server said instead, for people to see. */
    String line() {
        var line = new StringBuilder();
        for (byte b : start) {
            if (b == '\r' || b == '\n') break;
            line.append(b >= 0x20 && b < 0x7F ? (char) b : '?');
        }
        return line.toString();
    }

    private boolean tls() {
        return start.length > 0 && start[0] >= 20 && start[0] <= 23;
    }

    private static byte[] sample(ByteBuf bytes) {
        byte[] copy = new byte[Math.min(SAMPLE, bytes.readableBytes())];
        bytes.getBytes(bytes.readerIndex(), copy);
        return copy;
    }
}
