package dev.sobre.smtp.relay;

/** Who knows where the mail for a domain goes. Called on relaying threads; may wait. */
@FunctionalInterface
public interface Exchanges {
    Destination of(String domain);
}
