package dev.sobre.line;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Octets that can be read from any position, such as a stored body. */
@FunctionalInterface
public interface OctetSource {

    /**
     * Reads octets from {@code offset} on, as many as fit and exist.
     *
     * @return how many were read; -1 at the end
     */
    int read(long offset, ByteBuffer into) throws IOException;
}
