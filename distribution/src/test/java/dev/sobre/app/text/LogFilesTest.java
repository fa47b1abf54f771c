package dev.sobre.app.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session's lines, in a log that was rotated. */
class LogFilesTest {

    private static final String AT = "2026-11-26T03:00:00.000Z INFO  ";

    @TempDir Path folder;

    @Test
    void areFoundInAllFilesWithTheirStackTraces() throws IOException {
        var newest = folder.resolve("sobre.log");
        Files.writeString(newest, AT + "[imaps-1] A third\n" + AT + "[imaps-11] A other\n");
        Files.writeString(
                folder.resolve("sobre.log.1"),
                AT + "[imaps-1] A second\njava.io.IOException\n\tat A\n" + AT + "[main] A x\n");
        var zipped = folder.resolve("sobre.log.2.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(zipped));
                var text = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            text.write(AT + "[imaps-1] A first\n\tat [imaps-1] x\n");
        }
        Files.writeString(folder.resolve("sobre.logo"), AT + "[imaps-1] A no\n");
        age(zipped, 2);
        age(folder.resolve("sobre.log.1"), 1);
        List<String> found = new ArrayList<>();
        new LogFiles(newest).read("imaps-1", found::add);
        assertEquals(
                List.of(
                        AT + "[imaps-1] A first",
                        "\tat [imaps-1] x",
                        AT + "[imaps-1] A second",
                        "java.io.IOException",
                        "\tat A",
                        AT + "[imaps-1] A third"),
                found);
    }

    private static void age(Path file, long days) throws IOException {
        long then = System.currentTimeMillis() - days * 86_400_000;
        Files.setLastModifiedTime(file, FileTime.fromMillis(then));
    }
}
