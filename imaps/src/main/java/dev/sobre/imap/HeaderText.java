package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.mail.mime.EncodedWords;
import java.util.ArrayList;
import java.util.List;

/** The fields of a header as people read them: unfolded, encoded words decoded. RFC 2047. */
final class HeaderText {

    /** One field. */
    record Field(String name, String value) {}

    private HeaderText() {}

    static List<Field> fields(byte[] header) {
        List<Field> fields = new ArrayList<>();
        var field = new StringBuilder();
        for (String line : new String(header, UTF_8).split("\r?\n", -1)) {
            boolean goesOn = line.startsWith(" ") || line.startsWith("\t");
            if (!goesOn) {
                add(field, fields);
                field.setLength(0);
            }
            field.append(line);
        }
        add(field, fields);
        return fields;
    }

    private static void add(StringBuilder field, List<Field> fields) {
        int colon = field.indexOf(":");
        if (colon < 1) return;
        String value = field.substring(colon + 1).strip();
        fields.add(new Field(field.substring(0, colon).strip(), EncodedWords.decode(value)));
    }
}
