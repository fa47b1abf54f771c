package dev.sobre.mail.mime;

import java.io.IOException;

/** A message that can't be made lines of text without damage; the words say why. */
public final class NotTransportable extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean sealed;

    NotTransportable(String why, boolean sealed) {
        super(why);
        this.sealed = sealed;
    }

    /** Whether a signature or an encryption forbids it (RFC 1847 §2.1). */
    public boolean sealed() {
        return sealed;
    }
}
