package dev.sobre.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The snippet that each module's README begins with, and all of the house's, compile and run. */
class SnippetsTest {

    private static final Path HOUSE = Path.of("..");
    private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n(.*?)```");
    private static final List<String> MODULES =
            List.of(
                    "tls-core",
                    "line-core",
                    "mail-store",
                    "mail-store-rocksdb",
                    "mail-search",
                    "smtps",
                    "pop3s",
                    "imaps",
                    "telnets",
                    "tunnel");

    /** What a snippet may use without saying so. */
    private static final String FRAME =
            """
            import static java.nio.charset.StandardCharsets.*;

            import dev.sobre.line.*;
            import dev.sobre.mail.*;
            import dev.sobre.mail.memory.*;
            import dev.sobre.tls.*;
            import io.netty.buffer.*;
            import io.netty.channel.*;
            import java.io.*;
            import java.net.*;
            import java.nio.*;
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            import ROOM.*;

            public class Snippet implements java.util.concurrent.Callable<Void> {
                static String passwordHash = "{PLAIN}secret";
                static ByteBuffer message = UTF_8.encode("Subject: hello\\r\\n\\r\\nHello.\\r\\n");

                static void archive(Object... anything) {}
                static String uptime() { return "a while"; }

                @Override public Void call() throws Exception {
                    CODE
                    return null;
                }
            }
            """;

    @TempDir Path directory;

    record Snippet(String of, String room, String code) {
        @Override
        public String toString() {
            return of;
        }
    }

    static Stream<Snippet> snippets() throws IOException {
        var all = new ArrayList<Snippet>();
        for (String module : MODULES) {
            var first = in(HOUSE.resolve(module).resolve("README.md")).getFirst();
            all.add(new Snippet(module, packageOf(module), first));
        }
        int number = 0;
        for (String code : in(HOUSE.resolve("README.md"))) {
            number++;
            all.add(new Snippet("the house " + number, roomOf(code), code));
        }
        assertTrue(number >= 1, "the house's README shows how to embed it");
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void compilesAndRuns(Snippet snippet) throws Exception {
        Path source = directory.resolve("Snippet.java");
        Files.writeString(
                source,
                FRAME.replace("ROOM", snippet.room()).replace("CODE", here(snippet.code())));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var complaints = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options =
                    List.of(
                            "-proc:none",
                            "-d",
                            directory.toString(),
                            "-cp",
                            System.getProperty("java.class.path"));
            boolean compiled =
                    compiler.getTask(
                                    complaints,
                                    files,
                                    null,
                                    options,
                                    null,
                                    files.getJavaFileObjects(source))
                            .call();
            assertEquals("", compiled ? "" : complaints.toString());
        }
        try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            var made = loader.loadClass("Snippet").getDeclaredConstructor().newInstance();
            ((java.util.concurrent.Callable<?>) made).call();
        }
    }

    /** The snippet with the test's directory in place of the machine's. */
    private String here(String code) {
        return code.replace("/var/lib/mail", directory.resolve("mail").toString());
    }

    private static List<String> in(Path readme) throws IOException {
        return SNIPPET.matcher(Files.readString(readme))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```java\n".length(), block.length() - 3))
                .toList();
    }

    private static String packageOf(String module) {
        return switch (module) {
            case "smtps" -> "dev.sobre.smtp";
            case "pop3s" -> "dev.sobre.pop3";
            case "imaps" -> "dev.sobre.imap";
            case "telnets" -> "dev.sobre.telnet";
            case "tunnel" -> "dev.sobre.tunnel";
            case "mail-store-rocksdb" -> "dev.sobre.mail.rocksdb";
            case "mail-search" -> "dev.sobre.mail.search";
            case "line-core" -> "dev.sobre.line.sasl";
            case "tls-core" -> "dev.sobre.tls.pki";
            default -> "dev.sobre.mail.mime";
        };
    }

    /** The room whose server a snippet of the house starts. */
    private static String roomOf(String code) {
        for (String module : MODULES) {
            String server =
                    switch (module) {
                        case "smtps" -> "SmtpsServer";
                        case "pop3s" -> "Pop3sServer";
                        case "imaps" -> "ImapsServer";
                        case "telnets" -> "TelnetsServer";
                        case "tunnel" -> "Tunnel";
                        default -> "(none)";
                    };
            if (code.contains(server)) return packageOf(module);
        }
        return "dev.sobre.mail.mime";
    }
}
