package dev.sobre.tls;

import dev.sobre.tls.wire.ClientHello;
import java.net.SocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a client did not get in.
 *
 * @param listener the name of the listener
 * @param peer the client's address
 * @param code stable, for counting and for rules
 * @param sentence the cause in plain words
 * @param remedy what the client's owner or the administrator can do next; never blank
 * @param offered the client's hello, where it came whole
 */
public record HandshakeFailure(
        String listener,
        SocketAddress peer,
        Code code,
        String sentence,
        String remedy,
        Optional<ClientHello> offered) {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeFailure.class);

    public HandshakeFailure {
        if (remedy.isBlank()) throw new IllegalArgumentException("no remedy for: " + sentence);
    }

    /** The kinds of failure. */
    public enum Code {
        /** Text or another protocol came instead of TLS. */
        PLAINTEXT,
        /** The client knows no version of TLS that is safe. */
        TOO_OLD,
        NO_COMMON_SUITE,
        NO_COMMON_GROUP,
        /** The client cannot check the signatures of our key. */
        NO_COMMON_SIGNATURE,
        /** ALPN: the client wants another service. */
        NO_COMMON_PROTOCOL,
        /** A client certificate is required and none was shown. */
        CLIENT_CERTIFICATE_MISSING,
        /** The client's certificate leads to no authority that is trusted. */
        CLIENT_CERTIFICATE_UNTRUSTED,
        CLIENT_CERTIFICATE_EXPIRED,
        CLIENT_CERTIFICATE_NOT_YET_VALID,
        CLIENT_CERTIFICATE_REVOKED,
        /** Its key or its purpose does not fit a TLS client. */
        CLIENT_CERTIFICATE_UNUSABLE,
        /** Its chain breaks a rule of RFC 5280. */
        CLIENT_CERTIFICATE_INVALID,
        /** The client did not prove that it has the certificate's key. */
        CLIENT_KEY_UNPROVEN,
        /** No current revocation list tells whether it was revoked. */
        CLIENT_REVOCATION_UNKNOWN,
        /** The client broke off with an alert. */
        CLIENT_ALERT,
        TIMEOUT,
        /** The client went away without a word. */
        CLOSED,
        OVERSIZED,
        MALFORMED,
        /** A trusted proxy did not say for whom it connects. */
        PROXY,
        /** A record that cannot be decrypted or has a wrong form. */
        BAD_RECORD,
        /** Data ahead of the handshake's end (0-RTT), which is never taken. */
        EARLY_DATA,
        /** A message out of turn, or one that no client may send. */
        BROKEN_RULES,
        /** What the engine says in its own words. */
        OTHER
    }

    /** One line: code, listener, client, cause, remedy. Port scans (closed) only for debugging. */
    public void log() {
        if (code == Code.CLOSED) {
            LOG.debug("[{}] {} {}: {}", code, listener, peer, words());
        } else {
            LOG.info("[{}] {} {}: {}", code, listener, peer, words());
        }
    }

    /** Cause and remedy. */
    public String words() {
        return sentence + "; " + remedy;
    }
}
