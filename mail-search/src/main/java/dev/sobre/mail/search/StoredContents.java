package dev.sobre.mail.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Message;
import dev.sobre.mail.ThreadId;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message that is read in the store; its body is opened when first needed. */
final class StoredContents implements Contents, AutoCloseable {

    private final MailStore store;
    private final Message message;
    private final int most;
    private @Nullable BlobReader body;
    private @Nullable FoldedText text;

    /**
     * @param most octets of text that are held in memory
     */
    StoredContents(MailStore store, Message message, int most) {
        this.store = store;
        this.message = message;
        this.most = most;
    }

    @Override
    public EmailId emailId() {
        return message.emailId();
    }

    @Override
    public ThreadId threadId() {
        return message.threadId();
    }

    static Optional<LocalDate> sent(Message message) {
        return message.structure().envelope().flatMap(e -> e.date()).flatMap(SentDay::of);
    }

    @Override
    public Optional<LocalDate> sent() {
        return sent(message);
    }

    /** The usual fields are at hand without the body. */
    @Override
    public boolean headerHas(byte[] name, Needle needle) throws IOException {
        if (text != null) return text.headerHas(name, needle);
        var fields = message.header(List.of(new String(name, ISO_8859_1)));
        byte[] header =
                fields.isPresent() ? fields.get() : MessageText.header(open(), message.structure());
        var lines = new OctetBuffer(Integer.MAX_VALUE);
        var out = new Folding(lines);
        HeaderLines.write(header, out);
        message.structure().envelope().ifPresent(e -> HeaderLines.write(e, out));
        return HeaderLines.has(lines.toArray(), lines.length(), name, needle);
    }

    @Override
    public boolean bodyHas(Needle needle) throws IOException {
        FoldedText some = text();
        if (some.bodyHas(needle)) return true;
        return some.cut() && beyond(needle, false);
    }

    @Override
    public boolean has(Needle needle) throws IOException {
        FoldedText some = text();
        if (some.has(needle)) return true;
        return some.cut() && beyond(needle, true);
    }

    FoldedText text() throws IOException {
        if (text == null) text = FoldedText.of(open(), message.structure(), most);
        return text;
    }

    /** Reads all of a long text, holding none of it. */
    private boolean beyond(Needle needle, boolean headers) throws IOException {
        var search = needle.new Stream();
        if (headers) search.start();
        MessageText.write(
                open(),
                message.structure(),
                new MessageText.Regions() {
                    @Override
                    public void put(byte octet) {
                        search.put(octet);
                    }

                    @Override
                    public boolean isFull() {
                        return search.isFull();
                    }

                    @Override
                    public void headEnds() {}

                    @Override
                    public void partsEnd() {
                        search.start();
                    }
                });
        return search.found();
    }

    private BlobReader open() {
        if (body == null) body = store.open(message.body());
        return body;
    }

    @Override
    public void close() {
        if (body != null) body.close();
    }
}
