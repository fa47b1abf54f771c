package dev.sobre.smtp.relay;

import dev.sobre.line.LineClient;
import dev.sobre.line.LineTooLong;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server answered (RFC 5321 §4.2).
 *
 * @param lines without the code
 */
record Answer(int code, List<String> lines) {

    private static final int LONGEST = 4096; // §4.5.3.1.5 has 512; some tell stories
    private static final int MOST_LINES = 200;

    Answer {
        lines = List.copyOf(lines);
    }

    /** Reads one; what is no answer ends the connection. */
    static Answer read(LineClient from, Duration timeout) throws IOException {
        List<String> lines = new ArrayList<>();
        long deadline = System.nanoTime() + timeout.toNanos();
        while (lines.size() < MOST_LINES) {
            String line;
            try {
                line = from.readLine(LONGEST, Duration.ofNanos(deadline - System.nanoTime()));
            } catch (LineTooLong e) {
                throw new IOException("the server's answer is too long", e);
            }
            if (!line.matches("[2-5][0-9][0-9]([ -].*)?")) {
                throw new IOException("the server does not speak SMTP: " + printable(line));
            }
            lines.add(line.length() > 4 ? printable(line.substring(4)) : "");
            if (line.length() < 4 || line.charAt(3) == ' ') {
                return new Answer(Integer.parseInt(line.substring(0, 3)), lines);
            }
        }
        throw new IOException("the server's answer has too many lines");
    }

    boolean positive() {
        return code < 400;
    }

    boolean permanent() {
        return code >= 500;
    }

    /** The server takes its leave (§3.8). */
    boolean closing() {
        return code == 421;
    }

    /** The enhanced status code (RFC 3463), or the most general one of its class. */
    String status() {
        String first = lines.getFirst().split(" ", 2)[0];
        boolean fits = first.matches("[245]\\.\\d{1,3}\\.\\d{1,3}");
        return fits && first.charAt(0) - '0' == code / 100 ? first : code / 100 + ".0.0";
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        String text = code + " " + String.join(" / ", lines);
        return text.length() > 500 ? text.substring(0, 500) + "…" : text;
    }

    private static String printable(String line) {
        String kept = line.length() > 500 ? line.substring(0, 500) : line;
        return kept.replaceAll("\\p{Cntrl}", "?");
    }
}
