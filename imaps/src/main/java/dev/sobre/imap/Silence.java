package dev.sobre.imap;

import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.line.Farewell;
import dev.sobre.line.SessionEnded;
import dev.sobre.line.Wait;
import java.io.IOException;
import java.time.Duration;

/**
 * The silence of a client that waits to be told. It hears now and then that we are still here: that
 * keeps routers from forgetting the connection, and finds out about clients that are gone. RFC 2177
 * has a client come back every 29 minutes, else it may be logged off.
 */
final class Silence {

    private final Client client;
    private Duration lasted = Duration.ZERO;

    Silence(Client client) {
        this.client = client;
    }

    /** Waits for input, or for a hint that there is something to tell. */
    Wait await(ImapWriter out) throws IOException {
        var settings = client.service().settings();
        while (true) {
            out.handOn();
            Wait woken = client.connection().await(settings.times().keepAlive());
            if (woken != Wait.TIMED_OUT) return woken;
            lasted = lasted.plus(settings.times().keepAlive());
            if (lasted.compareTo(settings.limits().idleTime()) > 0) {
                throw new SessionEnded(Farewell.IDLE);
            }
            out.put("* OK Still here").endLine();
        }
    }
}
