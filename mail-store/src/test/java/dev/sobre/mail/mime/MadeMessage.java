package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** A message made by chance, and what the bodies of its parts are. */
final class MadeMessage {

    private static final String ENCODING = "Content-Transfer-Encoding: ";
    private static final List<String> TEXT = List.of("\r\n", "a", "-", "--", "--b0", " ", "=");
    static final List<String> ALL =
            List.of(
                    "\r\n",
                    "\r",
                    "\n",
                    "\0",
                    "-",
                    "--",
                    "--b0",
                    "--b1",
                    "--b0--",
                    "\u00ff",
                    "--b",
                    " ",
                    "\r\n--",
                    "a",
                    "x".repeat(60),
                    ENCODING + "binary\r\n",
                    "Content-Type: multipart/mixed; boundary=b0\r\n",
                    "Content-Type: message/rfc822\r\n");
    private static final Pattern DELIMITER = Pattern.compile("--b[01](?=(--)?\\s*(\r|$))");

    private final Random random;
    private final List<byte[]> leaves = new ArrayList<>();

    MadeMessage(Random random) {
        this.random = random;
    }

    /** The bodies of its parts, in their order; to be asked for after the message. */
    List<byte[]> leaves() {
        return leaves;
    }

    byte[] message() {
        return entity(0).getBytes(ISO_8859_1);
    }

    private String entity(int depth) {
        String binary = random.nextBoolean() ? ENCODING + "binary\r\n" : "Subject: x\r\n";
        return switch (random.nextInt(depth < 2 ? 4 : 2)) {
            case 0 -> leaf(ENCODING + "binary\r\n\r\n", ALL);
            case 1 -> leaf("Subject: x\r\n\r\n", TEXT);
            case 2 -> "Content-Type: message/rfc822\r\n" + binary + "\r\n" + entity(depth + 1);
            default -> multipart(binary, depth);
        };
    }

    private String multipart(String binary, int depth) {
        var text = new StringBuilder("Content-Type: multipart/mixed; boundary=b" + depth);
        text.append("\r\n").append(binary).append("\r\npreamble");
        int parts = 1 + random.nextInt(3);
        for (int i = 0; i < parts; i++) {
            text.append("\r\n--b").append(depth).append("\r\n").append(entity(depth + 1));
        }
        return text.append("\r\n--b").append(depth).append("--\r\nepilogue").toString();
    }

    private String leaf(String header, List<String> of) {
        byte[] octets = octets(random, of, 12);
        // What a delimiter is would end the part.
        String body = DELIMITER.matcher(new String(octets, ISO_8859_1)).replaceAll("--y");
        leaves.add(body.getBytes(ISO_8859_1));
        return header + body;
    }

    static byte[] octets(Random random, List<String> of, int most) {
        var text = new StringBuilder();
        int pieces = random.nextInt(most);
        for (int i = 0; i < pieces; i++) text.append(of.get(random.nextInt(of.size())));
        return text.toString().getBytes(ISO_8859_1);
    }
}
