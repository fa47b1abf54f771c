package dev.sobre.mail.mime;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where octets go on to, in runs that are only valid during the call. */
@FunctionalInterface
public interface Outlet {

    void take(ByteBuffer octets) throws IOException;
}
