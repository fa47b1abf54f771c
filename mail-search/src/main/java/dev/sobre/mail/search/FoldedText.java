package dev.sobre.mail.search;

import dev.sobre.mail.mime.MessageOctets;
import dev.sobre.mail.mime.MimeEntity;
import java.io.IOException;

/**
 * The text of a message, folded: lines {@code NAME: VALUE} of its header, then those of its parts'
 * headers, then the body.
 *
 * @param headEnd where the message's own header ends
 * @param partsEnd where the parts' headers end, and the body begins
 * @param cut whether there was more
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record FoldedText(byte[] octets, int headEnd, int partsEnd, boolean cut) {

    /**
     * @param most octets of the parts' headers and the body; the header is never cut
     */
    static FoldedText of(MessageOctets message, MimeEntity structure, int most) throws IOException {
        var text = new Collector(most);
        MessageText.write(message, structure, text);
        return text.done();
    }

    boolean headerHas(byte[] name, Needle needle) {
        return HeaderLines.has(octets, headEnd, name, needle);
    }

    boolean bodyHas(Needle needle) {
        return needle.isIn(octets, partsEnd, octets.length);
    }

    boolean has(Needle needle) {
        // The regions end with line feeds, which no needle has.
        return needle.isIn(octets, 0, octets.length);
    }

    private static final class Collector implements MessageText.Regions {
        private final OctetBuffer octets = new OctetBuffer(Integer.MAX_VALUE);
        private final int most;
        private int headEnd;
        private int partsEnd;

        Collector(int most) {
            this.most = most;
        }

        @Override
        public void put(byte octet) {
            octets.put(octet);
        }

        @Override
        public boolean isFull() {
            return octets.isFull();
        }

        @Override
        public void headEnds() {
            headEnd = octets.length();
            octets.limit(headEnd + most);
        }

        @Override
        public void partsEnd() {
            partsEnd = octets.length();
        }

        FoldedText done() {
            return new FoldedText(octets.toArray(), headEnd, partsEnd, octets.isFull());
        }
    }
}
