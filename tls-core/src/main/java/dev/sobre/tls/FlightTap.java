package dev.sobre.tls;

import dev.sobre.tls.wire.ServerFlight;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Lets a {@link ServerFlight} see what the server sends, and takes itself out when it has seen enough. */
final class FlightTap extends ChannelDuplexHandler {
    private final ServerFlight flight;
    private final boolean client;

    private FlightTap(ServerFlight flight, boolean client) {
        this.flight = flight;
        this.client = client;
    }

    static FlightTap server(ServerFlight flight) {
        return new FlightTap(flight, false);
    }

    static FlightTap client(ServerFlight flight) {
        return new FlightTap(flight, true);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!client) see(ctx, message);
        var _ = ctx.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (client) see(ctx, message);
        ctx.fireChannelRead(message);
    }

    private void see(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) flight.see(bytes);
        if (flight.done() && !ctx.isRemoved()) ctx.pipeline().remove(this);
    }
}
