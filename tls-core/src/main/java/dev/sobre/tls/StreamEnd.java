package dev.sobre.tls;

import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.Optional;

/**
 * How a peer's data ended. Sent through the pipeline as Netty's own event, ahead of {@code
 * channelInactive}.
 */
public enum StreamEnd {
    /** The peer said so itself (close_notify): all that it sent is here. RFC 8446 §6.1. */
    COMPLETE,
    /** The connection broke off: an attacker may have cut the rest, so nothing half is whole. */
    TRUNCATED;

    /** Reads an event of the pipeline; empty where it is about something else. */
    public static Optional<StreamEnd> of(Object event) {
        return event instanceof SslCloseCompletionEvent end
                ? Optional.of(end.isSuccess() ? COMPLETE : TRUNCATED)
                : Optional.empty();
    }
}
