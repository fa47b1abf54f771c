package dev.sobre.pop3;

import dev.sobre.line.Limits;
import dev.sobre.tls.ListenerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a POP3 server is set up.
 *
 * @param listener where it listens, and whom it lets in
 * @param hostname its name in the greeting
 */
public record Pop3Settings(ListenerSettings listener, String hostname, Limits limits) {

    private static final int LINE = 12_288; // as long as a SASL response gets (RFC 4954 §4)

    /** On 127.0.0.1, as {@code localhost}; idle for 10 minutes at most (RFC 1939 §3). */
    public static Pop3Settings onLoopback(int port) {
        return new Pop3Settings(
                ListenerSettings.on(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)),
                "localhost",
                Limits.standard()
                        .withPreLoginLine(LINE)
                        .withLine(1024)
                        .withIdleTime(Duration.ofMinutes(10)));
    }

    public Pop3Settings withListener(ListenerSettings l) {
        return new Pop3Settings(l, hostname, limits);
    }

    public Pop3Settings withHostname(String name) {
        return new Pop3Settings(listener, name, limits);
    }

    public Pop3Settings withLimits(Limits l) {
        return new Pop3Settings(listener, hostname, l);
    }
}
