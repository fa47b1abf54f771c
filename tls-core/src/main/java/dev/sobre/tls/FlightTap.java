package dev.sobre.tls;

import dev.sobre.tls.wire.ServerFlight;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Lets a {@link ServerFlight} see what we send as a server, until it has seen enough. */
final class FlightTap extends ChannelOutboundHandlerAdapter {
    private final ServerFlight flight;

    FlightTap(ServerFlight flight) {
        this.flight = flight;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) flight.see(bytes);
        var _ = ctx.write(message, promise);
        if (flight.done() && !ctx.isRemoved()) ctx.pipeline().remove(this);
    }
}
