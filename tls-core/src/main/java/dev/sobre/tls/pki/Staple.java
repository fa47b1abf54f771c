package dev.sobre.tls.pki;

import java.time.Instant;

/** A certificate authority's word that a certificate is not revoked. RFC 6960, RFC 6066 §8. */
public final class Staple {
    private final byte[] bytes;
    private final Instant produced;
    private final Instant until;

    Staple(byte[] bytes, Instant produced, Instant until) {
        this.bytes = bytes.clone();
        this.produced = produced;
        this.until = until;
    }

    /** The whole response in DER, as it is sent. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Since when it speaks (thisUpdate). */
    public Instant since() {
        return produced;
    }

    /** When there will be a newer one (nextUpdate): from then on it is worth nothing. */
    public Instant until() {
        return until;
    }
}
