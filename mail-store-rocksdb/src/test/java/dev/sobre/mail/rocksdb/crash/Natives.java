package dev.sobre.mail.rocksdb.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** RocksDB's library, unpacked once, so that a process starts with less time and fewer calls. */
final class Natives {

    static final Path DIRECTORY = unpack("librocksdbjni-linux64.so");

    private Natives() {}

    private static Path unpack(String name) {
        try (var in = ClassLoader.getSystemResourceAsStream(name)) {
            Path directory = Files.createTempDirectory("rocksdb");
            Path file = directory.resolve(name);
            Files.copy(Objects.requireNonNull(in), file);
            directory.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
