package dev.sobre.line;

import java.time.Duration;

/**
 * What a client may cost.
 *
 * @param line the longest line of a logged-in client, in octets without its end
 * @param preLoginLine the longest line before login
 * @param preLoginOctets how much a client may send before it has logged in, in all
 * @param loginTime from the end of the TLS handshake to the login
 * @param idleTime how long a logged-in client may be silent
 * @param writeStall how long a client may leave what we send unread, or its machine unacknowledged
 */
public record Limits(
        int line,
        int preLoginLine,
        long preLoginOctets,
        Duration loginTime,
        Duration idleTime,
        Duration writeStall) {

    private static final Limits STANDARD =
            new Limits(
                    64 * 1024,
                    8 * 1024,
                    64 * 1024,
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(60));

    public Limits {
        if (line < 1 || preLoginLine < 1 || preLoginOctets < 1) {
            throw new IllegalArgumentException("limits are positive numbers");
        }
    }

    public static Limits standard() {
        return STANDARD;
    }

    public Limits withLine(int octets) {
        return new Limits(octets, preLoginLine, preLoginOctets, loginTime, idleTime, writeStall);
    }

    public Limits withPreLoginLine(int octets) {
        return new Limits(line, octets, preLoginOctets, loginTime, idleTime, writeStall);
    }

    public Limits withPreLoginOctets(long octets) {
        return new Limits(line, preLoginLine, octets, loginTime, idleTime, writeStall);
    }

    public Limits withLoginTime(Duration time) {
        return new Limits(line, preLoginLine, preLoginOctets, time, idleTime, writeStall);
    }

    public Limits withIdleTime(Duration time) {
        return new Limits(line, preLoginLine, preLoginOctets, loginTime, time, writeStall);
    }

    public Limits withWriteStall(Duration time) {
        return new Limits(line, preLoginLine, preLoginOctets, loginTime, idleTime, time);
    }
}
