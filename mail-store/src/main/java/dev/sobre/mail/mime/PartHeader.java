package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sobre.mail.mime.Boundaries.Delimiter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The header of a message or part, held until it is known what its body is. */
final class PartHeader implements Section {

    private static final int FIRST = 1024;
    private static final int LONGEST = 262_144;
    private static final String ENCODING = "Content-Transfer-Encoding";

    private final LineCheck check = new LineCheck("a header", false, LONGEST);
    private final LineStart start;
    private final boolean inDigest;
    private final int depth;
    private final Outlet out;
    private byte[] octets = new byte[FIRST];
    private int length;
    private int line; // where the present one starts
    private boolean over;

    /**
     * @param inDigest whether a part without a type is a message (RFC 2046 §5.1.5)
     * @param depth how many multiparts and messages are around it
     */
    PartHeader(LineStart start, boolean inDigest, int depth, Outlet out) {
        this.start = start;
        this.inDigest = inDigest;
        this.depth = depth;
        this.out = out;
    }

    int depth() {
        return depth;
    }

    /** Whether the empty line after it has come. */
    boolean isOver() {
        return over;
    }

    @Override
    public Optional<Delimiter> take(ByteBuffer in) throws IOException {
        while (!over && in.hasRemaining()) {
            byte octet = in.get();
            check.take(octet);
            keep(octet);
            Optional<Delimiter> found = start.take(octet);
            if (found.isPresent()) {
                cutOff();
                return found;
            }
            if (octet == '\n') {
                over = length - line == 2;
                line = length;
            }
        }
        return Optional.empty();
    }

    private void keep(byte octet) throws NotTransportable {
        if (length == LONGEST) {
            throw new NotTransportable("a header is longer than " + LONGEST + " octets", false);
        }
        if (length == octets.length) octets = Arrays.copyOf(octets, 2 * length);
        octets[length++] = octet;
    }

    /** A delimiter where a field should be: there is no body. */
    private void cutOff() throws IOException {
        byte[] delimiter = Arrays.copyOfRange(octets, line, length);
        length = line;
        write();
        out.take(ByteBuffer.wrap(delimiter));
    }

    @Override
    public void end() throws IOException {
        check.end();
        write();
    }

    /** Passes it on, with an encoding that lines of text can have; says what the body is. */
    ContentFields write() throws IOException {
        var content = content();
        if (!content.isBinary()) out.take(ByteBuffer.wrap(octets, 0, length));
        else write(content.isComposite() ? "8bit" : "base64"); // RFC 2045 §6.4
        return content;
    }

    private ContentFields content() {
        var fields = new HeaderFields(false, LONGEST);
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (octets[i] != '\n') continue;
            if (i - from > 1) fields.line(ByteBuffer.wrap(octets, from, i - 1 - from));
            from = i + 1;
        }
        if (from < length) fields.line(ByteBuffer.wrap(octets, from, length - from));
        return ContentFields.of(fields, inDigest);
    }

    /** With the encoding in place of its first field; where there are more, they go. */
    private void write(String encoding) throws IOException {
        byte[] field = (ENCODING + ": " + encoding + "\r\n").getBytes(US_ASCII);
        byte[] header = Arrays.copyOf(octets, length);
        var to = new ByteArrayOutputStream(length + field.length);
        int[] copied = {0};
        boolean[] said = {false};
        RawFields.each(
                header,
                (name, from, end) -> {
                    if (!name.equalsIgnoreCase(ENCODING)) return;
                    to.write(header, copied[0], from - copied[0]);
                    if (!said[0]) to.writeBytes(field);
                    said[0] = true;
                    copied[0] = end;
                });
        to.write(header, copied[0], length - copied[0]);
        out.take(ByteBuffer.wrap(to.toByteArray()));
    }
}
