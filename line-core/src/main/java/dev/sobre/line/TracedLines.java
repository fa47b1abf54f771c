package dev.sobre.line;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one session says, put together to lines that an administrator may see: literals and messages
 * are counted, not shown, and so is what a client sends to log in. Used by the session's thread.
 */
final class TracedLines {

    private static final int LONGEST = 500;
    private static final Pattern SECRET =
            Pattern.compile("(?i)((?:\\S+ )?(?:LOGIN|AUTHENTICATE|AUTH|PASS)\\b).*");
    private static final Pattern MESSAGE = Pattern.compile("(?i)(RETR|TOP) .*"); // RFC 1939
    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d{1,18})}$");
    private static final Pattern PREVIEW = Pattern.compile("PREVIEW \"(?:[^\"\\\\]|\\\\.)*\"");

    private final BiConsumer<Boolean, String> lines; // from the client?, text
    private final StringBuilder line = new StringBuilder(); // of the server, that has no end yet
    private long literal; // octets of a literal that are still to come
    private boolean secrets; // the client is logging in
    private boolean message; // the server sends one, up to a lone dot

    TracedLines(BiConsumer<Boolean, String> lines) {
        this.lines = lines;
    }

    void client(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        Matcher login = SECRET.matcher(text);
        if (login.matches()) {
            lines.accept(true, printable(login.group(1)) + " (masked)");
            secrets = true;
            return;
        }
        message = MESSAGE.matcher(text).matches();
        lines.accept(true, secrets ? "(masked)" : printable(text));
    }

    void server(byte[] octets, int from, int length) {
        for (int i = from; i < from + length; i++) server(octets[i]);
    }

    void server(byte octet) {
        if (literal > 0) literal--;
        else if (octet == '\n') endLine();
        else if (octet != '\r' && line.length() < 2 * LONGEST) line.append((char) (octet & 0xFF));
    }

    /** Octets of a stored message, in a literal or by themselves. */
    void body(long octets) {
        if (literal >= octets && literal > 0) literal -= octets;
        else lines.accept(false, "(" + octets + " octets of a message)");
    }

    private void endLine() {
        String text = line.toString();
        line.setLength(0);
        if (message && !text.startsWith("+OK") && !text.startsWith("-ERR")) {
            message = !text.equals(".");
            if (message) return;
        }
        if (!text.startsWith("+") && !text.startsWith("334 ")) secrets = false;
        Matcher announced = LITERAL.matcher(text);
        if (announced.matches()) literal = Long.parseLong(announced.group(1));
        lines.accept(false, printable(PREVIEW.matcher(text).replaceAll("PREVIEW (masked)")));
    }

    private static String printable(String text) {
        var out = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            out.append(Character.isISOControl(text.charAt(i)) ? '?' : text.charAt(i));
        }
        if (text.length() > LONGEST) out.append('…');
        return out.toString();
    }
}
