package dev.sobre.app.cli;

import dev.sobre.app.text.Failure;
import java.util.regex.Pattern;

/** A place on the network, written {@code HOST:PORT}, {@code [IPV6]:PORT} or {@code HOST}. */
record HostPort(String host, int port) {

    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]\\s]+))(?::([0-9]{1,5}))?");

    /** Reads one; {@code standard} is the port where none is given, -1 to insist on one. */
    static HostPort parse(String text, int standard) {
        return parse(text, standard, 1);
    }

    /** Reads where to listen; port 0 is any free one. */
    static HostPort listening(String text) {
        return parse(text, -1, 0);
    }

    private static HostPort parse(String text, int standard, int least) {
        var form = FORM.matcher(text);
        if (form.matches()) {
            String host = form.group(1) != null ? form.group(1) : form.group(2);
            int port = form.group(3) != null ? Integer.parseInt(form.group(3)) : standard;
            if (port >= least && port < 65536) return new HostPort(host, port);
        }
        throw Failure.usage("`" + text + "` is not HOST:PORT, such as localhost:993");
    }
}
