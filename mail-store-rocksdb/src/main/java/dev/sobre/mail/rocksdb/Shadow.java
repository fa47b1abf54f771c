package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The engine's files in a temporary directory: links to its tables, which are never changed, and
 * copies of the small ones. Whoever opens the engine there changes nothing of the store's.
 */
final class Shadow implements AutoCloseable {

    private static final String NAME = "sobre-check";
    private static final Pattern IN_SHADOW = Pattern.compile("[^ ]*/" + NAME + "\\d+/");

    final Path directory;

    private Shadow(Path directory) {
        this.directory = directory;
    }

    /** The same text with files named as the store has them. */
    static String named(String text) {
        return IN_SHADOW.matcher(text).replaceAll("meta/");
    }

    static Shadow of(Home home) throws IOException {
        var shadow = new Shadow(Files.createTempDirectory(NAME));
        if (!Files.isDirectory(home.engine)) return shadow;
        try (var files = Files.newDirectoryStream(home.engine)) {
            for (Path file : files) shadow.add(file);
        } catch (IOException e) {
            shadow.close();
            throw e;
        }
        return shadow;
    }

    private void add(Path file) throws IOException {
        String name = file.getFileName().toString();
        Path here = directory.resolve(name);
        if (name.endsWith(".sst")) Files.createSymbolicLink(here, file.toAbsolutePath());
        else if (!name.startsWith("LO") && Files.isRegularFile(file)) Files.copy(file, here);
    }

    @Override
    public void close() throws IOException {
        Home.remove(directory);
    }
}
