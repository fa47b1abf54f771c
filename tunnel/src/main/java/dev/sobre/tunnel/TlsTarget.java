package dev.sobre.tunnel;

import dev.sobre.tls.TlsClient;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/** A service that speaks TLS, and must prove its name. */
record TlsTarget(TlsClient client, InetSocketAddress address) implements Target {

    @Override
    public void dial(EventLoop loop, Joined joined) {
        var _ =
                client.dial(address, loop, new TlsSide(joined::connected))
                        .addListener(
                                done -> {
                                    Throwable cause = done.cause();
                                    if (cause != null) {
                                        joined.failed(String.valueOf(cause.getMessage()));
                                    }
                                });
    }
}
