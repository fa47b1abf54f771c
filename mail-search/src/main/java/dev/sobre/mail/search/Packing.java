package dev.sobre.mail.search;

import java.io.IOException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteArrayDataOutput;
import org.apache.lucene.util.BytesRef;

/**
 * Folded texts as the index keeps them: where their regions end, then the octets. Undoing a
 * compression would cost more than all the rest of a search.
 */
final class Packing {

    private static final int LONGEST_NUMBER = 5;

    private Packing() {}

    static BytesRef pack(FoldedText text) throws IOException {
        byte[] packed = new byte[text.octets().length + 3 * LONGEST_NUMBER];
        var out = new ByteArrayDataOutput(packed);
        out.writeVInt(text.headEnd());
        out.writeVInt(text.partsEnd());
        out.writeVInt(text.octets().length);
        out.writeBytes(text.octets(), text.octets().length);
        return new BytesRef(packed, 0, out.getPosition());
    }

    /** Of a text that was not cut. */
    static FoldedText unpack(BytesRef packed) {
        var in = new ByteArrayDataInput(packed.bytes, packed.offset, packed.length);
        int headEnd = in.readVInt();
        int partsEnd = in.readVInt();
        byte[] octets = new byte[in.readVInt()];
        in.readBytes(octets, 0, octets.length);
        return new FoldedText(octets, headEnd, partsEnd, false);
    }
}
