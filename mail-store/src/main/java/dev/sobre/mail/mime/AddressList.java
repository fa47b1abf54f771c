package dev.sobre.mail.mime;

import dev.sobre.mail.mime.MessageEnvelope.Mailbox;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteArrayBuffer;

/**
 * Reads an address field (RFC 5322 §3.4) in one pass, without complaint: what is not an address is
 * taken for one without a domain. Groups do not nest. Encoded words stay as they are, which is what
 * an ENVELOPE wants and mime4j's own address parser does not do.
 */
final class AddressList {

    private static final int MOST = 10_000;

    private static final BitSet AFTER_PHRASE = RawFieldParser.INIT_BITSET('<', ',', ';', ':', '@');
    private static final BitSet AFTER_DOMAIN = RawFieldParser.INIT_BITSET('<', ',', ';', '(');
    private static final BitSet AFTER_ADDRESS = RawFieldParser.INIT_BITSET(',', ';');
    private static final BitSet ANGLE = RawFieldParser.INIT_BITSET('>');
    private static final Mailbox GROUP_END =
            new Mailbox(Optional.empty(), Optional.empty(), Optional.empty());

    private final ByteArrayBuffer octets;
    private final ParserCursor cursor;
    private final List<Mailbox> found = new ArrayList<>();
    private boolean inGroup;

    private AddressList(String field) {
        this.octets = ContentFields.buffer(field);
        this.cursor = new ParserCursor(0, octets.length());
    }

    static List<Mailbox> parse(String field) {
        var list = new AddressList(field);
        while (!list.cursor.atEnd() && list.found.size() < MOST) list.next();
        if (list.inGroup) list.found.add(GROUP_END);
        return list.found;
    }

    private void next() {
        String phrase = until(AFTER_PHRASE);
        switch (take()) {
            case '<' -> angle(phrase);
            case ':' -> beginGroup(phrase);
            case '@' -> bare(phrase);
            case ';' -> {
                bareWord(phrase);
                endGroup();
            }
            default -> bareWord(phrase);
        }
    }

    private void angle(String name) {
        String address = until(ANGLE);
        take();
        until(AFTER_ADDRESS);
        // RFC 5322 §4.4: an old route before the address means nothing now.
        int route = address.startsWith("@") ? address.indexOf(':') : -1;
        add(name, address.substring(route + 1));
    }

    private void bare(String local) {
        String domain = until(AFTER_DOMAIN);
        if (peek() == '<') {
            take();
            angle(local + "@" + domain); // an address where a name should be
            return;
        }
        String name = peek() == '(' ? comment() : "";
        until(AFTER_ADDRESS);
        add(name, local + "@" + domain);
    }

    private void bareWord(String word) {
        if (!word.isEmpty()) add("", word);
    }

    private void beginGroup(String name) {
        if (inGroup) return;
        inGroup = true;
        found.add(new Mailbox(Optional.empty(), Optional.of(name), Optional.empty()));
    }

    private void endGroup() {
        if (inGroup) found.add(GROUP_END);
        inGroup = false;
    }

    private void add(String name, String address) {
        int at = address.lastIndexOf('@');
        String local = at < 0 ? address : address.substring(0, at);
        String host = at < 0 ? "" : address.substring(at + 1);
        found.add(
                new Mailbox(
                        Optional.of(name).filter(n -> !n.isEmpty()),
                        Optional.of(local.strip()),
                        Optional.of(host.strip())));
    }

    private String comment() {
        int start = cursor.getPos() + 1;
        RawFieldParser.DEFAULT.skipComment(octets, cursor);
        int end = Math.max(start, cursor.getPos() - 1);
        return Octets.text(ByteBuffer.wrap(octets.buffer(), start, end - start)).strip();
    }

    private String until(BitSet delimiters) {
        return RawFieldParser.DEFAULT.parseValue(octets, cursor, delimiters);
    }

    private int peek() {
        return cursor.atEnd() ? -1 : octets.byteAt(cursor.getPos());
    }

    /** The octet at the cursor, which goes on; after the end, a comma. */
    private int take() {
        if (cursor.atEnd()) return ',';
        int octet = octets.byteAt(cursor.getPos());
        cursor.updatePos(cursor.getPos() + 1);
        return octet;
    }
}
