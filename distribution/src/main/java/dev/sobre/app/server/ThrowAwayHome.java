package dev.sobre.app.server;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A home in the temporary directory that is removed, with all its mail, when it is closed. */
public record ThrowAwayHome(Home home) implements AutoCloseable {

    public static ThrowAwayHome create(Configuration configuration) {
        try {
            Path root = Files.createTempDirectory("sobre-");
            return new ThrowAwayHome(FirstRun.create(root, configuration));
        } catch (IOException e) {
            throw new Failure("can't make a temporary directory: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(home.root(), new Deletion());
        } catch (IOException e) {
            throw new Failure("can't remove " + home.root() + ": " + e.getMessage(), e);
        }
    }

    /** Deletes a tree from its leaves up; never follows a link out of it. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
            if (e != null) throw e;
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
