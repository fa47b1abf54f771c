package dev.sobre.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of the packaged {@code sobre}, as somebody at a shell has it. */
record Launched(Process process, Path out, Path err) implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    /** Starts it with arguments; the test's JVM says nothing about itself to the child. */
    static Launched sobre(Path work, String... arguments) throws IOException {
        return with(work, Map.of(), List.of(), "", arguments);
    }

    static Launched with(
            Path work,
            Map<String, String> environment,
            List<String> before,
            String input,
            String... arguments)
            throws IOException {
        var line = new ArrayList<>(before);
        line.add(Path.of(System.getProperty("sobre.layout"), "bin", "sobre").toString());
        line.addAll(List.of(arguments));
        return run(work, environment, input, line);
    }

    /** Starts the launcher of another layout. */
    static Launched program(
            Path work, Path launcher, Map<String, String> environment, String... arguments)
            throws IOException {
        var line = new ArrayList<>(List.of(launcher.toString()));
        line.addAll(List.of(arguments));
        return run(work, environment, "", line);
    }

    private static Launched run(
            Path work, Map<String, String> environment, String input, List<String> line)
            throws IOException {
        Path out = Files.createTempFile(work, "out", "");
        Path err = Files.createTempFile(work, "err", "");
        Path in = Files.writeString(Files.createTempFile(work, "in", ""), input);
        var builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        builder.redirectInput(in.toFile());
        builder.redirectOutput(out.toFile());
        builder.redirectError(err.toFile());
        return new Launched(builder.start(), out, err);
    }

    /** Waits for the end; the exit code. */
    int code() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end: " + said() + complained());
        }
        return process.exitValue();
    }

    String said() {
        return text(out);
    }

    String complained() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
