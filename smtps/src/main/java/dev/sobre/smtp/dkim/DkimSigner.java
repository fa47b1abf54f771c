package dev.sobre.smtp.dkim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Signs mail with the keys of its author's domain, with each of them: who can't check Ed25519 yet
 * checks RSA (RFC 8463 §5).
 *
 * @param keys of any domains; none: nothing is signed
 */
public record DkimSigner(List<DkimKey> keys) {

    public static final DkimSigner NONE = new DkimSigner(List.of());

    /** What a reader sees or answers to, as RFC 6376 §5.4.1 recommends, and how it is shown. */
    private static final Set<String> SIGNED =
            Set.of(
                    "from",
                    "sender",
                    "reply-to",
                    "subject",
                    "date",
                    "message-id",
                    "to",
                    "cc",
                    "in-reply-to",
                    "references",
                    "mime-version",
                    "content-type",
                    "content-transfer-encoding",
                    "list-id",
                    "list-help",
                    "list-unsubscribe",
                    "list-unsubscribe-post",
                    "list-subscribe",
                    "list-post",
                    "list-owner",
                    "list-archive");

    private static final int LINE = 72;

    public DkimSigner {
        keys = List.copyOf(keys);
    }

    /**
     * The DKIM-Signature fields that go before a message; empty when none of the keys is its
     * author's.
     *
     * @param header without the empty line at its end
     */
    public byte[] sign(byte[] header, byte[] bodyHash, Instant now) {
        var fields = Header.of(new String(header, StandardCharsets.ISO_8859_1));
        String author = Author.domain(fields);
        var text = new StringBuilder();
        for (DkimKey key : keys) {
            if (key.fits(author)) text.append(field(key, fields, bodyHash, now)).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String field(DkimKey key, Header header, byte[] bodyHash, Instant now) {
        List<String> names = new ArrayList<>(header.names());
        names.removeIf(name -> !SIGNED.contains(name));
        // Once more than it is there: nobody can add another author (RFC 6376 §8.15).
        names.add("from");
        var base64 = Base64.getEncoder();
        String unsigned =
                ("DKIM-Signature: v=1; a=" + key.algorithm() + "; c=relaxed/relaxed;\r\n")
                        + ("\td=" + key.domain() + "; s=" + key.selector() + ";\r\n")
                        + ("\tt=" + now.getEpochSecond() + ";\r\n")
                        + ("\th=" + folded(names) + ";\r\n")
                        + ("\tbh=" + base64.encodeToString(bodyHash) + ";\r\n")
                        + "\tb=";
        byte[] signature = key.sign(DkimKey.octets(header.signed(names, unsigned)));
        String value = base64.encodeToString(signature);
        return unsigned + value.replaceAll("(.{" + LINE + "})(?=.)", "$1\r\n\t");
    }

    private static String folded(List<String> names) {
        var text = new StringBuilder();
        int line = 0;
        for (String name : names) {
            if (!text.isEmpty()) text.append(':');
            if (line > 0 && line + name.length() > LINE) {
                text.append("\r\n\t ");
                line = 0;
            }
            text.append(name);
            line += name.length() + 1;
        }
        return text.toString();
    }
}
