package dev.sobre.tls;

import io.netty.channel.Channel;
import javax.net.ssl.SSLEngine;

/** The service behind a listener: takes over a connection whose handshake is complete. */
@FunctionalInterface
public interface Secured {

    /**
     * Is shown an engine that is about to shake hands, on the channel's event loop. With the end of
     * the handshake data may have come, and the end of all data: what shall hold for those must be
     * set now.
     */
    default void begins(SSLEngine engine) {}

    /**
     * Adds the service's handlers to the end of the channel's pipeline. Called on the channel's
     * event loop before any application data is passed on, so it must not wait.
     */
    void secured(Channel channel, TlsInfo tls);

    /**
     * The same for a connection that is one too many ({@link Admission}): the service may say so in
     * its own words, and closes. It need not: far too many are closed before they shake hands.
     */
    default void turnedAway(Channel channel, TlsInfo tls) {
        channel.close();
    }
}
