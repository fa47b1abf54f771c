package dev.sobre.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import javax.net.ssl.SSLEngine;

/** The connections of a listener whose handshake is not over yet. */
@Sharable
final class Attempts extends ChannelInitializer<Channel> {
    private final ListenerSettings settings;
    private final TlsContext tls;
    private final Secured service;
    private final SessionCounter counter;
    private final Crowd crowd;
    private final ChannelGroup pending = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Secured taking = new Taking();
    private volatile boolean closed;

    Attempts(ListenerSettings settings, TlsContext tls, Secured service) {
        this.settings = settings;
        this.tls = tls;
        this.service = service;
        this.counter = tls.counter(settings.name());
        this.crowd = new Crowd(settings.name(), settings.admission());
    }

    @Override
    protected void initChannel(Channel channel) {
        pending.add(channel);
        Appetite.begin(channel);
        new Attempt(channel, tls, settings, counter, taking, crowd).begin();
        if (closed) {
            var _ = channel.close();
        }
    }

    void close() {
        closed = true;
        var _ = pending.close();
    }

    /** Takes connections whose handshake is complete, while the listener is open. */
    private final class Taking implements Secured {
        @Override
        public void begins(SSLEngine engine) {
            service.begins(engine);
        }

        @Override
        public void secured(Channel channel, TlsInfo info) {
            if (isOpen(channel)) service.secured(channel, info);
        }

        @Override
        public void turnedAway(Channel channel, TlsInfo info) {
            if (isOpen(channel)) service.turnedAway(channel, info);
        }

        private boolean isOpen(Channel channel) {
            pending.remove(channel);
            if (closed) channel.close();
            return !closed;
        }
    }
}
