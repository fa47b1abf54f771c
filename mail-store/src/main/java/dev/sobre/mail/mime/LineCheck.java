package dev.sobre.mail.mime;

/** Sees to it that octets are lines of text, with CRLF at their ends and no NUL. RFC 2045 §2.8. */
final class LineCheck {

    private final String what;
    private final boolean sealed;
    private final int longest;
    private boolean afterCr;
    private int line;

    /**
     * @param what the octets are, as the refusal calls them
     * @param sealed whether they must stay as they are (RFC 1847 §2.1)
     * @param longest how long a line may be, without its end
     */
    LineCheck(String what, boolean sealed, int longest) {
        this.what = what;
        this.sealed = sealed;
        this.longest = longest;
    }

    void take(byte octet) throws NotTransportable {
        if (afterCr != (octet == '\n')) throw bare();
        if (octet == 0) throw refusal("a NUL octet");
        afterCr = octet == '\r';
        if (octet == '\n') line = 0;
        else if (!afterCr && ++line > longest)
            throw refusal("a line beyond " + longest + " octets");
    }

    /** Nothing comes after this. */
    void end() throws NotTransportable {
        if (afterCr) throw bare();
    }

    private NotTransportable bare() {
        return refusal("a CR or LF on its own");
    }

    private NotTransportable refusal(String found) {
        return new NotTransportable(what + " has " + found, sealed);
    }
}
