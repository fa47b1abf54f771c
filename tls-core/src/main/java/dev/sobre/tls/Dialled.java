package dev.sobre.tls;

import io.netty.channel.Channel;
import java.time.Duration;

/**
 * A connection to a server whose handshake is complete and whose certificate was checked.
 *
 * @param connect how long TCP took
 * @param handshake how long TLS took
 */
public record Dialled(Channel channel, TlsInfo tls, Duration connect, Duration handshake) {}
