package dev.sobre.mail.mime;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The octets of a message, to be read from anywhere. */
public interface MessageOctets {

    /** How many there are. */
    long length();

    /**
     * Reads octets from {@code offset} on into {@code into}, as many as fit and exist.
     *
     * @return how many were read; -1 at the end
     * @throws IOException when the medium fails or the octets do not match their checksum
     */
    int read(long offset, ByteBuffer into) throws IOException;
}
