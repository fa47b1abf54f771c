package dev.sobre.smtp;

import dev.sobre.mail.mime.Outlet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Watches a message's header go by, leaves out fields that must not be passed on and puts those
 * that lack at its end, so that nothing needs to be held in memory. It is given lines that end with
 * CRLF, in runs cut anywhere.
 */
final class HeaderScan {

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_VALUE = 16 * 1024;
    private static final int MOST_VALUES = 4;

    private enum State {
        LINE_START,
        NAME,
        VALUE,
        DROPPED_VALUE,
        DROPPED_LINE_END,
        BODY
    }

    private final Set<String> dropped;
    private final Set<String> wanted;
    private final Function<Map<String, List<String>>, String> missing;
    private final Map<String, List<String>> seen = new HashMap<>(); // only of the wanted
    private final ByteArrayOutputStream value = new ByteArrayOutputStream(0);
    private String watched = ""; // the field whose value goes by now
    private boolean anyField;
    private final byte[] name = new byte[LONGEST_NAME]; // held back until its colon comes
    private int held;
    private int hops;
    private boolean endedByText;
    private State state = State.LINE_START;

    /**
     * @param dropped names of fields to leave out, in lower case
     * @param wanted names of fields to look for, in lower case
     * @param missing gives the fields to add, CRLF included, from the values of the wanted ones
     *     that are there: a few of each, without their ends; empty where they are too long
     */
    HeaderScan(
            Set<String> dropped,
            Set<String> wanted,
            Function<Map<String, List<String>>, String> missing) {
        this.dropped = dropped;
        this.wanted = wanted;
        this.missing = missing;
    }

    void take(ByteBuffer run, Outlet out) throws IOException {
        int from = run.position();
        int at = from;
        while (at < run.limit() && state != State.BODY) {
            byte octet = run.get(at);
            switch (state) {
                case LINE_START, DROPPED_LINE_END -> {
                    if (octet == '\r') {
                        hand(run, from, at, out);
                        from = at;
                        finish(out);
                    } else if (isBlank(octet) && state == State.DROPPED_LINE_END) {
                        from = at + 1;
                        state = State.DROPPED_VALUE;
                    } else if (isBlank(octet) && anyField) {
                        state = State.VALUE; // RFC 5322 §2.2.3: a folded line goes on
                        continue;
                    } else {
                        hand(run, from, at, out);
                        from = at;
                        endOfValue();
                        state = State.NAME;
                        continue;
                    }
                }
                case NAME -> {
                    from = at;
                    if (octet == ':' && held > 0) {
                        field(out);
                        if (state == State.DROPPED_VALUE) from = at + 1;
                    } else if (held < LONGEST_NAME && mayFollow(octet)) {
                        name[held++] = octet;
                        from = at + 1;
                    } else {
                        notAField(out);
                    }
                }
                case VALUE -> {
                    int start = at;
                    at = lastOfLine(run, at);
                    note(run, start, at);
                    if (run.get(at) == '\n') state = State.LINE_START;
                }
                case DROPPED_VALUE -> {
                    from = at + 1;
                    if (octet == '\n') state = State.DROPPED_LINE_END;
                }
                case BODY -> {}
            }
            at++;
        }
        hand(run, from, state == State.BODY ? run.limit() : at, out);
    }

    /** Ends the header; called by whoever knows that the message is over. */
    void finish(Outlet out) throws IOException {
        if (state == State.BODY) return;
        endOfValue();
        state = State.BODY;
        write(missing.apply(seen), out);
    }

    /** How many servers a message has passed, by its Received fields. */
    int hops() {
        return hops;
    }

    /** Whether there was text where a field or the empty line should have been. */
    boolean endedByText() {
        return endedByText;
    }

    private void field(Outlet out) throws IOException {
        String word = new String(name, 0, held, StandardCharsets.US_ASCII);
        String known = word.strip().toLowerCase(Locale.ROOT);
        if (wanted.contains(known)) watched = known;
        if (known.equals("received")) hops++;
        if (dropped.contains(known)) {
            held = 0;
            state = State.DROPPED_VALUE;
        } else {
            anyField = true;
            release(out);
            state = State.VALUE;
        }
    }

    /** Where a line ends, or what has come of it. */
    private static int lastOfLine(ByteBuffer run, int from) {
        int at = from;
        while (at < run.limit() - 1 && run.get(at) != '\n') at++;
        return at;
    }

    private void note(ByteBuffer run, int from, int last) {
        if (watched.isEmpty()) return;
        for (int i = from; i <= last && value.size() <= LONGEST_VALUE; i++) {
            byte octet = run.get(i);
            if (octet != '\r' && octet != '\n') value.write(octet);
        }
    }

    private void endOfValue() {
        if (watched.isEmpty()) return;
        var values = seen.computeIfAbsent(watched, _ -> new ArrayList<>());
        boolean whole = value.size() <= LONGEST_VALUE;
        String known = whole ? value.toString(StandardCharsets.UTF_8) : "";
        if (values.size() < MOST_VALUES) values.add(known);
        value.reset();
        watched = "";
    }

    // Text where a field should be: the header is over. An empty line says so to all who read the
    // message after us: some would go on and find fields that we have not looked at.
    private void notAField(Outlet out) throws IOException {
        endedByText = true;
        finish(out);
        write("\r\n", out);
        release(out);
    }

    // RFC 5322 §2.2 and, for blanks before the colon, §4.5.
    private boolean mayFollow(byte octet) {
        if (isBlank(octet)) return held > 0;
        boolean afterBlank = held > 0 && isBlank(name[held - 1]);
        return octet > ' ' && octet < 127 && !afterBlank;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private void release(Outlet out) throws IOException {
        if (held > 0) out.take(ByteBuffer.wrap(name, 0, held));
        held = 0;
    }

    private static void write(String text, Outlet out) throws IOException {
        if (!text.isEmpty()) out.take(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void hand(ByteBuffer run, int from, int to, Outlet out) throws IOException {
        if (to > from) out.take(run.slice(from, to - from));
    }
}
