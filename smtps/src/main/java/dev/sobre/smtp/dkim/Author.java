package dev.sobre.smtp.dkim;

import dev.sobre.mail.DomainName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.util.ContentUtil;

/** Who a message says it is from. */
final class Author {

    private Author() {}

    /** The domain of the first author, in ASCII form; empty where none can be read. */
    static String domain(Header header) {
        for (String field : header.fields()) {
            if (!Header.name(field).equals("from")) continue;
            String value = Header.relaxed(field).substring("from:".length());
            // As octets: given as characters, those beyond ASCII would cut the end off.
            var octets = ContentUtil.encode(StandardCharsets.ISO_8859_1, value);
            var all = new ParserCursor(0, octets.length());
            var authors = LenientAddressParser.DEFAULT.parseAddressList(octets, all).flatten();
            if (authors.isEmpty() || authors.getFirst().getDomain() == null) return "";
            String domain = authors.getFirst().getDomain();
            return DomainName.ascii(domain).orElse("").toLowerCase(Locale.ROOT);
        }
        return "";
    }
}
