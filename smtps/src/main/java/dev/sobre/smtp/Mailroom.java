package dev.sobre.smtp;

import dev.sobre.mail.Account;
import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Where submitted mail goes: a store, or the code of whoever embeds the server. */
interface Mailroom {

    /**
     * Looks up who a mail is for.
     *
     * @param octets how large the client says it is; 0 when it does not say
     */
    Recipient recipient(MailPath path, long octets);

    /** Whether mail for an address is an account's, so that it may send from there. */
    default boolean owns(Account account, MailPath path) {
        return account.addresses().stream().anyMatch(path::is);
    }

    /** Whether an address is none of this server's. */
    default boolean isElsewhere(MailPath path) {
        return true;
    }

    /** Whether senders are sent reports as they wish (RFC 3461). */
    default boolean reports() {
        return false;
    }

    /** How long a mail may wait for its time (RFC 4865); zero for not at all. */
    default Duration longestHold() {
        return Duration.ZERO;
    }

    /**
     * Why an account's mail can't wait for its time.
     *
     * @param octets how large the client says it is; 0 when it does not say
     */
    default Optional<Reply> postpone(Account account, long octets) {
        return Optional.empty();
    }

    /** Whether it is code of others; see {@link dev.sobre.line.LineProtocol#isForeign}. */
    default boolean isForeign() {
        return false;
    }

    /** A place for a body on its way in, of at most {@code limit} octets. */
    BlobSink sink(long limit);

    /**
     * Takes a mail; from its return on the mail is safe here. A store's refusal is a {@link
     * dev.sobre.mail.StoreException}, an embedder's a {@link Refused}.
     *
     * @param name by what it is known again, if it is; see {@link Sameness}
     * @return whether it is new to anybody
     */
    boolean deliver(Letter letter, BlobSource body, Optional<DeliveryId> name) throws IOException;
}
