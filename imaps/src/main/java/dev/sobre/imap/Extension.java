package dev.sobre.imap;

/** What a client says it understands, so that it hears other answers (RFC 5161). */
enum Extension {
    /** MODSEQ is in every FETCH that was not asked for. RFC 7162 §3.1. */
    CONDSTORE(Feature.CONDSTORE),
    /** VANISHED comes in place of EXPUNGE. RFC 7162 §3.2.3. */
    QRESYNC(Feature.QRESYNC),
    /** Messages have no sequence numbers. RFC 9586. */
    UIDONLY(Feature.UIDONLY),
    /** Names of mailboxes are in UTF-8. RFC 9755. */
    UTF8_ACCEPT(Feature.UTF8_ACCEPT),
    /** The answers that RFC 9051 left out do not come, those it added do. */
    IMAP4REV2(Feature.IMAP4REV2);

    private final Feature feature;

    Extension(Feature feature) {
        this.feature = feature;
    }

    /** The capability that announces it, by whose name it is enabled. */
    Feature feature() {
        return feature;
    }
}
