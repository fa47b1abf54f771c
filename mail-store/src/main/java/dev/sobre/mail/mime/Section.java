package dev.sobre.mail.mime;

import dev.sobre.mail.mime.Boundaries.Delimiter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A stretch of a message that is handled in one way, and the delimiter line that ends it. */
sealed interface Section permits PartHeader, TextBody, BinaryBody {

    /**
     * Takes octets up to the end of the section, or all there are.
     *
     * @return the delimiter that has come, and was passed on
     */
    Optional<Delimiter> take(ByteBuffer in) throws IOException;

    /** The message ends here. */
    void end() throws IOException;
}
