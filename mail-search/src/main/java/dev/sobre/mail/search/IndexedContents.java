package dev.sobre.mail.search;

import dev.sobre.mail.EmailId;
import dev.sobre.mail.ThreadId;
import java.time.LocalDate;
import java.util.Optional;

/** A message whose whole text is in the text index, which knows nothing else of it. */
record IndexedContents(FoldedText text) implements Contents {

    @Override
    public EmailId emailId() {
        throw new IllegalStateException("the store knows the identities");
    }

    @Override
    public ThreadId threadId() {
        throw new IllegalStateException("the store knows the identities");
    }

    @Override
    public Optional<LocalDate> sent() {
        throw new IllegalStateException("the index knows the day");
    }

    @Override
    public boolean headerHas(byte[] name, Needle needle) {
        return text.headerHas(name, needle);
    }

    @Override
    public boolean bodyHas(Needle needle) {
        return text.bodyHas(needle);
    }

    @Override
    public boolean has(Needle needle) {
        return text.has(needle);
    }
}
