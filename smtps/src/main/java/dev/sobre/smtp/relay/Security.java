package dev.sobre.smtp.relay;

/** How far a connection to a server must be protected. */
public enum Security {
    /** TLS from the first octet, with a certificate that holds (RFC 8314). */
    IMPLICIT,
    /** STARTTLS with a certificate that holds; without it nothing is sent (RFC 3207). */
    REQUIRED,
    /**
     * STARTTLS where it is offered, whatever the certificate; else plain text (RFC 7435). A policy
     * of the destination's domain (MTA-STS, DANE) would make {@link #REQUIRED} of it: that is an
     * {@link Exchanges} around the one of the DNS.
     */
    OPPORTUNISTIC
}
