package dev.sobre.smtp.relay;

import dev.sobre.mail.DeliveryId;

/** Whoever brings reports back to the senders of mail. */
@FunctionalInterface
public interface Returns {

    /** Nobody is told of anything. */
    Returns NOBODY = (id, sender, report) -> {};

    /**
     * Brings a report.
     *
     * @param id the same for the same report, which must come once
     * @param sender the reverse-path of the mail that it is about, never empty
     * @param report a whole message, in CRLF form
     */
    void bring(DeliveryId id, String sender, byte[] report);
}
