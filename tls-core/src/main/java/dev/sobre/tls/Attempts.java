package dev.sobre.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/** The connections of a listener whose handshake is not over yet. */
@Sharable
final class Attempts extends ChannelInitializer<Channel> {
    private final ListenerSettings settings;
    private final TlsContext tls;
    private final Secured service;
    private final SessionCounter counter;
    private final ChannelGroup pending = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean closed;

    Attempts(ListenerSettings settings, TlsContext tls, Secured service) {
        this.settings = settings;
        this.tls = tls;
        this.service = service;
        this.counter = tls.counter(settings.name());
    }

    @Override
    protected void initChannel(Channel channel) {
        pending.add(channel);
        new Attempt(channel, tls, settings, counter, this::secured).begin();
        if (closed) {
            var _ = channel.close();
        }
    }

    void close() {
        closed = true;
        var _ = pending.close();
    }

    private void secured(Channel channel, TlsInfo info) {
        pending.remove(channel);
        if (closed) {
            var _ = channel.close();
        } else {
            service.secured(channel, info);
        }
    }
}
