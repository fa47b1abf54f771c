package dev.sobre.mail.rocksdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Finds where the whole records of a RocksDB manifest end. It is a row of 32 KiB blocks of
 * fragments: checksum 4, length 2, type 1, then the data; all little-endian. A fragment does not
 * cross a block; fewer than 7 octets at a block's end are zeros.
 */
final class ManifestEnd {

    static final Pattern NAME = Pattern.compile("MANIFEST-\\d{6,18}\\n");

    private static final int BLOCK = 32 << 10;
    private static final int HEAD = 7;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;

    private final ByteBuffer log;
    private boolean inRecord;

    private ManifestEnd(byte[] log) {
        this.log = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The manifest that is in use; a name that nothing has where that can't be told. */
    static Path current(Path engine) throws IOException {
        Path current = engine.resolve("CURRENT");
        String name = Files.exists(current) ? Files.readString(current, ISO_8859_1) : "";
        return engine.resolve(NAME.matcher(name).matches() ? name.strip() : "no manifest");
    }

    /** The length of a manifest up to the end of its last whole record. */
    static long of(Path file) throws IOException {
        return new ManifestEnd(Files.readAllBytes(file)).examine();
    }

    private long examine() {
        int size = log.limit();
        int good = 0;
        int at = 0;
        while (at < size) {
            int left = BLOCK - at % BLOCK;
            if (left < HEAD) {
                at += left;
                continue;
            }
            int length = fragment(at);
            if (length < 0) return good;
            at += length;
            if (!inRecord) good = at;
        }
        return Math.min(good, size);
    }

    /** The length of the whole fragment at {@code at} that continues what came before, or -1. */
    private int fragment(int at) {
        int type = wholeType(at);
        boolean fits = inRecord ? type == MIDDLE || type == LAST : type == FULL || type == FIRST;
        if (!fits) return -1;
        inRecord = type == FIRST || type == MIDDLE;
        return HEAD + length(at);
    }

    /** The type of the fragment at {@code at} when it is whole, or -1. */
    private int wholeType(int at) {
        if (at + HEAD > log.limit()) return -1;
        int length = length(at);
        if (at % BLOCK + HEAD + length > BLOCK || at + HEAD + length > log.limit()) return -1;
        int sum = SegmentFormat.crc(log.array(), at + 6, 1 + length);
        int masked = Integer.rotateRight(sum, 15) + 0xa282ead8; // as RocksDB stores it
        return masked == log.getInt(at) ? log.get(at + 6) : -1;
    }

    private int length(int at) {
        return log.getShort(at + 4) & 0xFFFF;
    }
}
