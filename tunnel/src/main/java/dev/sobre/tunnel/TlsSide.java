package dev.sobre.tunnel;

import dev.sobre.tls.Secured;
import dev.sobre.tls.TlsInfo;
import io.netty.channel.Channel;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;

/**
 * The side of a tunnel that speaks TLS: its peer may end its direction at any time after the
 * handshake, and in one flight with the end of that.
 *
 * @param then gets the connections, and how they end
 */
record TlsSide(BiConsumer<Channel, Ending> then) implements Secured {

    @Override
    public void begins(SSLEngine engine) {
        var _ = HalfClose.of(engine);
    }

    @Override
    public void secured(Channel channel, TlsInfo tls) {
        then.accept(channel, Ending.closeNotify(channel));
    }
}
