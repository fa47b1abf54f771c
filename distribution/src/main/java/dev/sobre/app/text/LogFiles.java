package dev.sobre.app.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A log file with those that it was before it was rotated: {@code sobre.log}, {@code sobre.log.1},
 * {@code sobre.log.2.gz}.
 */
public record LogFiles(Path newest) {

    private static final Pattern BEGINNING = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+ ");

    /** Takes a line. */
    @FunctionalInterface
    public interface Reader {
        void line(String text) throws IOException;
    }

    /** Reads what a session logged, the oldest first, with the stack traces below its lines. */
    public void read(String session, Reader reader) throws IOException {
        for (Path file : files()) {
            try (var stream = opened(file);
                    var text = new InputStreamReader(stream, StandardCharsets.UTF_8);
                    var lines = new BufferedReader(text)) {
                boolean its = false;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (BEGINNING.matcher(line).lookingAt()) its = line.contains(mark(session));
                    if (its) reader.line(line);
                }
            }
        }
    }

    private static String mark(String session) {
        return " [" + session + "] ";
    }

    private List<Path> files() throws IOException {
        String name = newest.getFileName().toString();
        try (var all = Files.list(newest.toAbsolutePath().getParent())) {
            return all.filter(file -> isNamed(file.getFileName().toString(), name))
                    .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .toList();
        }
    }

    private static boolean isNamed(String file, String name) {
        return file.equals(name) || file.startsWith(name + ".") || file.startsWith(name + "-");
    }

    private static InputStream opened(Path file) throws IOException {
        var stream = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(stream) : stream;
    }
}
