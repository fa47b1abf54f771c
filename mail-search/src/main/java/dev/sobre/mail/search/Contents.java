package dev.sobre.mail.search;

import dev.sobre.mail.EmailId;
import dev.sobre.mail.ThreadId;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;

/** What is asked of a message's content, wherever it is found. */
interface Contents {

    EmailId emailId();

    ThreadId threadId();

    Optional<LocalDate> sent() throws IOException;

    /** Whether a field of this name ({@link HeaderLines#name}) contains the needle. */
    boolean headerHas(byte[] name, Needle needle) throws IOException;

    boolean bodyHas(Needle needle) throws IOException;

    /** Whether the header, that of a part, or the body contains the needle. */
    boolean has(Needle needle) throws IOException;
}
