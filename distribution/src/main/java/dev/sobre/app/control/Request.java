package dev.sobre.app.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a client asks a server to run.
 *
 * @param width the columns of its terminal
 * @param interactive whether a person sits there
 * @param inputLength the octets of its input, or -1 where that is not known
 * @param directory where it stands
 * @param words the command and its arguments
 */
record Request(
        int width, boolean interactive, long inputLength, Path directory, List<String> words) {

    Frame frame() {
        String head = width + "\0" + interactive + "\0" + inputLength + "\0" + directory;
        return Frame.of(Frame.Kind.RUN, head + "\0" + String.join("\0", words));
    }

    static Request of(Frame frame) throws IOException {
        if (frame.kind() != Frame.Kind.RUN) throw new IOException("a command was expected");
        String[] parts = frame.text().split("\0", -1);
        try {
            return new Request(
                    Integer.parseInt(parts[0]),
                    Boolean.parseBoolean(parts[1]),
                    Long.parseLong(parts[2]),
                    Path.of(parts[3]),
                    Arrays.asList(parts).subList(4, parts.length));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("not a command", e);
        }
    }

    /** What the log may know: not the arguments. */
    String firstWords() {
        return String.join(" ", words.subList(0, Math.min(2, words.size())));
    }
}
