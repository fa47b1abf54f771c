package dev.sobre.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Those fields of a header that the structure of a message is made of, unfolded. */
final class HeaderFields {

    /** How much of one header is kept; fields beyond are cut off. */
    private static final int LONGEST = 262_144;

    private static final int LONGEST_NAME = 80;

    private static final Set<String> OF_ANY =
            Set.of(
                    "content-type",
                    "content-transfer-encoding",
                    "content-id",
                    "content-description",
                    "content-disposition",
                    "content-language",
                    "content-location",
                    "content-md5");
    private static final Set<String> OF_MESSAGE =
            Set.of("date", "subject", "from", "sender", "reply-to", "in-reply-to", "message-id");
    // RFC 5322 §3.6 allows each once; where there are more, all their addresses count.
    private static final Set<String> LISTS = Set.of("to", "cc", "bcc");

    private final boolean ofMessage;
    private final Map<String, ByteArrayOutputStream> fields = new HashMap<>();
    private Optional<ByteArrayOutputStream> current = Optional.empty();
    private int room;
    private int kept;

    /**
     * @param ofMessage whether the fields of an envelope are wanted too
     * @param room how much may be kept at most
     */
    HeaderFields(boolean ofMessage, int room) {
        this.ofMessage = ofMessage;
        this.room = Math.min(room, LONGEST);
    }

    /** Takes the first piece of a header line, which is not empty. */
    void line(ByteBuffer octets) {
        byte first = octets.get(octets.position());
        if (first != ' ' && first != '\t') current = begin(octets);
        keep(octets);
    }

    /** Takes more of a long line. */
    void more(ByteBuffer octets) {
        keep(octets);
    }

    /** How many octets are kept. */
    int kept() {
        return kept;
    }

    /** A field's value, trimmed; empty when there is no such field. */
    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name))
                .map(octets -> clean(Octets.text(ByteBuffer.wrap(octets.toByteArray()))));
    }

    private Optional<ByteArrayOutputStream> begin(ByteBuffer octets) {
        String name = name(octets);
        if (ofMessage && LISTS.contains(name)) {
            ByteArrayOutputStream list = fields.get(name);
            if (list != null && room > 0) separate(list);
            return Optional.of(fields.computeIfAbsent(name, n -> new ByteArrayOutputStream()));
        }
        boolean wanted = OF_ANY.contains(name) || (ofMessage && OF_MESSAGE.contains(name));
        if (!wanted || fields.containsKey(name)) return Optional.empty();
        var field = new ByteArrayOutputStream();
        fields.put(name, field);
        return Optional.of(field);
    }

    private void separate(ByteArrayOutputStream list) {
        list.write(',');
        room--;
        kept++;
    }

    /** Reads the name and leaves the octets at the value. */
    private static String name(ByteBuffer octets) {
        int end = Math.min(octets.limit(), octets.position() + LONGEST_NAME);
        for (int i = octets.position(); i < end; i++) {
            if (octets.get(i) != ':') continue;
            String name = Octets.text(octets.slice(octets.position(), i - octets.position()));
            octets.position(i + 1);
            return name.stripTrailing().toLowerCase(Locale.ROOT);
        }
        return "";
    }

    private void keep(ByteBuffer octets) {
        if (current.isEmpty()) return;
        int count = Math.min(octets.remaining(), room);
        byte[] some = new byte[count];
        octets.get(some);
        current.get().write(some, 0, count);
        room -= count;
        kept += count;
    }

    // RFC 9051 §9: a string has no NUL; CR and LF would only confuse clients.
    private static String clean(String text) {
        return text.replace('\0', ' ').replace('\r', ' ').replace('\n', ' ').strip();
    }
}
