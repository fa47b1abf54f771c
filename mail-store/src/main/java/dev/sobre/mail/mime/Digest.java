package dev.sobre.mail.mime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All that is found out about a message once, at its delivery.
 *
 * @param structure envelope, body structure and part offsets
 * @param preview see {@link Preview}
 */
public record Digest(
        MimeEntity structure, String preview, HeaderCache headers, Relations relations) {

    private static final int LONGEST_HEADER = 65_536 + 1;

    /**
     * Reads a message. Malformed MIME is never an error.
     *
     * @throws IOException only when the message can't be read
     */
    public static Digest of(MessageOctets message) throws IOException {
        MimeEntity structure = MimeParser.parse(message);
        byte[] header = header(message, structure);
        return new Digest(
                structure,
                Preview.of(message, structure),
                HeaderCache.of(header),
                Relations.of(structure.envelope(), references(header)));
    }

    private static byte[] header(MessageOctets message, MimeEntity structure) throws IOException {
        long length = structure.bodyStart() - structure.headerStart();
        byte[] octets = new byte[(int) Math.min(length, LONGEST_HEADER)];
        ByteBuffer into = ByteBuffer.wrap(octets);
        while (into.hasRemaining()) {
            if (message.read(structure.headerStart() + into.position(), into) <= 0) break;
        }
        return into.hasRemaining() ? Arrays.copyOf(octets, into.position()) : octets;
    }

    private static Optional<String> references(byte[] header) {
        List<String> found = new ArrayList<>();
        RawFields.each(
                header,
                (name, from, to) -> {
                    if (!name.equalsIgnoreCase("references") || !found.isEmpty()) return;
                    int value = from + name.length() + 1;
                    found.add(Octets.text(ByteBuffer.wrap(header, value, to - value)));
                });
        return found.stream().findFirst();
    }
}
