package dev.sobre.tls;

/** Whether a listener asks its clients for certificates. RFC 8446 §4.3.2, RFC 5246 §7.4.4. */
public sealed interface ClientAuthentication {

    /** Nobody is asked. */
    record None() implements ClientAuthentication {}

    /**
     * Clients are asked. A certificate that is shown must hold, whether one is required or not;
     * sessions are never resumed, so each connection shows it again.
     *
     * @param trust which certificates hold
     * @param required whether a client without a certificate is sent away
     */
    record Asked(ClientTrust trust, boolean required) implements ClientAuthentication {}

    static ClientAuthentication none() {
        return new None();
    }

    static ClientAuthentication optional(ClientTrust trust) {
        return new Asked(trust, false);
    }

    static ClientAuthentication required(ClientTrust trust) {
        return new Asked(trust, true);
    }
}
