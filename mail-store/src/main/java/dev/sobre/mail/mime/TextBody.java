package dev.sobre.mail.mime;

import dev.sobre.mail.mime.Boundaries.Delimiter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What is passed on as it comes, as it is lines of text. */
record TextBody(LineCheck check, LineStart start, Outlet out) implements Section {

    @Override
    public Optional<Delimiter> take(ByteBuffer in) throws IOException {
        int from = in.position();
        Optional<Delimiter> found = Optional.empty();
        while (found.isEmpty() && in.hasRemaining()) {
            byte octet = in.get();
            check.take(octet);
            found = start.take(octet);
        }
        out.take(in.slice(from, in.position() - from));
        return found;
    }

    @Override
    public void end() throws IOException {
        check.end();
    }
}
