package dev.sobre.mail.search;

import java.io.IOException;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.compress.LZ4;

/** Folded texts as the index keeps them: their lengths, then the octets in LZ4. One thread's. */
final class Packing {

    private final LZ4.FastCompressionHashTable table = new LZ4.FastCompressionHashTable();

    BytesRef pack(FoldedText text) throws IOException {
        var out = new ByteBuffersDataOutput(text.octets().length / 2 + 32);
        out.writeVInt(text.octets().length);
        out.writeVInt(text.headEnd());
        out.writeVInt(text.partsEnd());
        LZ4.compress(text.octets(), 0, text.octets().length, out, table);
        return new BytesRef(out.toArrayCopy());
    }

    /** Of a text that was not cut. */
    static FoldedText unpack(BytesRef packed) throws IOException {
        var in = new ByteArrayDataInput(packed.bytes, packed.offset, packed.length);
        int length = in.readVInt();
        int headEnd = in.readVInt();
        int partsEnd = in.readVInt();
        // Decompression writes in steps of eight octets.
        byte[] octets = new byte[length];
        LZ4.decompress(in, length, octets, 0);
        return new FoldedText(octets, headEnd, partsEnd, false);
    }
}
