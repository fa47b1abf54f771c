package dev.sobre.smtp;

import java.io.IOException;

/** An embedder's code that takes submitted mail. Called on the session's own thread. */
@FunctionalInterface
public interface Receiver {

    /**
     * Takes one mail. When this returns, the client is told that the mail is safe.
     *
     * @param body readable until this returns
     * @throws Refused to say why not
     * @throws IOException for a failure of ours: the client may try again
     */
    void receive(Envelope envelope, MessageBody body) throws IOException;
}
