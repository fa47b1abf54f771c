package dev.sobre.mail.rocksdb;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process asked of the kernel, in order, as {@code strace -f -y -xx -s BIG -o FILE} wrote it
 * down.
 */
public final class SyscallLog {

    /**
     * One system call.
     *
     * @param thread the thread that made it
     * @param path the file of its first argument, empty when that is no open file
     * @param text its arguments as strace writes them; strings are in hexadecimal
     * @param start its place in the order of all beginnings and endings
     * @param end where it ended; {@link Integer#MAX_VALUE} when it did not
     */
    public record Call(int thread, String name, String path, String text, int start, int end) {

        /** Whether the call ended well before another began. */
        public boolean endedBefore(Call other) {
            return end < other.start;
        }

        /** Whether its data have these octets in them. */
        public boolean carries(byte[] octets) {
            return text.contains(hex(octets));
        }

        /** Its first string argument. */
        public byte[] data() {
            return data(0);
        }

        /** A string argument, counted from 0. */
        public byte[] data(int number) {
            int from = text.indexOf("\"\\x");
            for (int i = 0; i < number && from >= 0; i++) {
                int end = text.indexOf('"', from + 1);
                from = text.indexOf("\"\\x", end + 1);
            }
            return from < 0 ? new byte[0] : octets(text, from + 1);
        }

        /** The decimal argument that comes after this many commas. */
        public long number(int commas) {
            int from = 0;
            for (int i = 0; i < commas; i++) from = text.indexOf(',', from) + 1;
            var digits = DIGITS.matcher(text).region(from, text.length());
            if (!digits.lookingAt()) throw new IllegalArgumentException(text);
            return Long.parseLong(digits.group(1));
        }

        /** Whether it ended well. */
        public boolean succeeded() {
            return end != Integer.MAX_VALUE;
        }

        private static String hex(byte[] octets) {
            var hex = new StringBuilder();
            for (byte octet : octets) hex.append("\\x").append("%02x".formatted(octet));
            return hex.toString();
        }
    }

    private static final Pattern DIGITS = Pattern.compile("[ ,]*(\\d+)");
    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)", Pattern.DOTALL);
    private static final Pattern CALL =
            Pattern.compile("(\\w+)\\((?:\\d+<([^>]*)>)?(.*)", Pattern.DOTALL);
    private static final Pattern RESUMED =
            Pattern.compile("<\\.\\.\\. (\\w+) resumed>.*", Pattern.DOTALL);
    private static final String UNFINISHED = "<unfinished ...>";

    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, Call> unfinished = new HashMap<>();
    private int lines;

    private SyscallLog() {}

    /** Reads a log; the calls are in the order of their beginnings. */
    public static List<Call> read(Path file) throws IOException {
        var log = new SyscallLog();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String line = in.readLine();
            while (line != null) {
                log.line(line);
                line = in.readLine();
            }
        }
        log.calls.addAll(log.unfinished.values());
        log.calls.sort((a, b) -> Integer.compare(a.start, b.start));
        return log.calls;
    }

    private static byte[] octets(String text, int from) {
        var octets = new ByteArrayOutputStream();
        for (int i = from; text.startsWith("\\x", i); i += 4) {
            octets.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
        }
        return octets.toByteArray();
    }

    private void line(String line) {
        lines++;
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) return;
        int thread = Integer.parseInt(parts.group(1));
        String what = parts.group(2);
        Matcher resumed = RESUMED.matcher(what);
        if (resumed.matches()) {
            resumed(thread, what);
            return;
        }
        Matcher call = CALL.matcher(what);
        if (!call.matches()) return;
        byte[] name = call.group(2) == null ? new byte[0] : octets(call.group(2), 0);
        String path = new String(name, StandardCharsets.UTF_8);
        var begun = new Call(thread, call.group(1), path, call.group(3), lines, Integer.MAX_VALUE);
        if (what.endsWith(UNFINISHED)) unfinished.put(thread, begun);
        else end(begun, what);
    }

    private void resumed(int thread, String what) {
        Call begun = unfinished.remove(thread);
        if (begun != null) end(begun, what);
    }

    /** A call that failed counts as one that never ended. */
    private void end(Call begun, String what) {
        boolean failed = what.contains(") = -1 ");
        calls.add(
                new Call(
                        begun.thread,
                        begun.name,
                        begun.path,
                        begun.text,
                        begun.start,
                        failed ? Integer.MAX_VALUE : lines));
    }
}
