package dev.sobre.tls.lecture;

import java.io.IOException;
import java.time.Duration;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsClientProtocol;

/** One handshake of the client, and what the server says just after it. */
final class Talk extends TlsClientProtocol {
    private static final Duration LINGER = Duration.ofMillis(700);
    private static final int MOST_RECORDS = 16;

    private final Tap tap;

    Talk(Tap tap) throws IOException {
        super(tap.input(), tap.output());
        this.tap = tap;
    }

    /** Shakes hands; fails with the reason. Then waits for tickets and a greeting, and leaves. */
    void with(TlsClient client) throws IOException {
        connect(client);
        tap.within(LINGER);
        try {
            int records = 0;
            while (!isClosed() && applicationDataAvailable() == 0 && records++ < MOST_RECORDS) {
                if (!tap.speaks()) break;
                safeReadRecord();
            }
            close();
        } catch (IOException e) {
            // The handshake is told; how the server lets go of the connection is told by the story.
        }
    }
}
