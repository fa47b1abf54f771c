package dev.sobre.imap;

import dev.sobre.imap.wire.Section;
import dev.sobre.mail.mime.RawFields;
import java.util.Set;
import java.util.TreeSet;

/** Chooses fields of a header, octet for octet. RFC 3501 §6.4.5 (HEADER.FIELDS). */
final class HeaderFilter {

    private HeaderFilter() {}

    /** The chosen fields with their folded lines, and the empty line that ends a header. */
    static byte[] choose(byte[] header, Section.HeaderFields which) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(which.names());
        return RawFields.choose(header, name -> names.contains(name) != which.not());
    }
}
