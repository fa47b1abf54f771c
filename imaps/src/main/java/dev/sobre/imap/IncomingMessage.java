package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.MessageLiteral;
import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.mime.BinaryMime;
import dev.sobre.mail.mime.Outlet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A message on its way into the store. Once a literal8 is among its pieces, its binary parts become
 * base64 (RFC 3516 §4.4).
 */
final class IncomingMessage implements Outlet, AutoCloseable {

    private final MailStore store;
    private final long limit;
    private BlobSink sink;
    private Optional<BinaryMime> binary = Optional.empty();

    /**
     * @param limit how many octets may be stored
     */
    IncomingMessage(MailStore store, long limit) {
        this.store = store;
        this.limit = limit;
        this.sink = store.sink(limit);
    }

    /** Takes a piece, and gives the refusal when it can't be part of any message. */
    Optional<Reply> take(MessageLiteral literal) throws IOException, BadMessage {
        if (literal.binary()) expectBinary();
        return literal.transferTo(this)
                ? Optional.empty()
                : Optional.of(
                        Reply.no("CANNOT", "the message has a NUL octet, which no mail may have"));
    }

    @Override
    public void take(ByteBuffer octets) throws IOException {
        if (binary.isPresent()) binary.get().write(octets);
        else sink.write(octets);
    }

    /** How much there is to be stored up to now. */
    long length() {
        return sink.length();
    }

    BlobSource finish() throws IOException {
        if (binary.isPresent()) binary.get().end();
        binary = Optional.empty(); // others of the command may be waited for
        return sink.finish();
    }

    /** What has come already says what the parts are, so it is looked through again. */
    private void expectBinary() throws IOException {
        if (binary.isPresent()) return;
        var before = sink;
        sink = store.sink(limit);
        binary = Optional.of(new BinaryMime(sink::write, Integer.MAX_VALUE));
        try (before) {
            if (before.length() > 0) {
                try (var body = before.finish().open()) {
                    body.copyTo(this);
                }
            }
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}
