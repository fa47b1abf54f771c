package dev.sobre.app.control;

import dev.sobre.app.home.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A path to a socket that is short enough for one. The kernel takes 107 octets; a home may lie
 * deeper, and is then reached through a symbolic link that lives only while the socket is bound or
 * connected.
 */
record ShortPath(Path path, Path link, Path directory) implements AutoCloseable {

    private static final int LONGEST = 107;

    static ShortPath of(Home home) throws IOException {
        Path socket = home.controlSocket();
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return new ShortPath(socket, socket, socket);
        }
        Path directory = Files.createTempDirectory("sobre");
        Path link = directory.resolve("c");
        Files.createSymbolicLink(link, home.control());
        return new ShortPath(link.resolve(home.control().relativize(socket)), link, directory);
    }

    @Override
    public void close() throws IOException {
        if (link.equals(path)) return;
        Files.delete(link);
        Files.delete(directory);
    }
}
