package dev.sobre.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.config.ConfigurationReader;
import dev.sobre.app.home.DkimKeyFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code sobre dkim key}: what it makes, what it prints, and what it refuses. */
class DkimTest {

    @TempDir Path home;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void set() throws Exception {
        Files.writeString(home.resolve("sobre.toml"), "domain = \"example.org\"\n");
    }

    @Test
    void whatItPrintsWorksInSobreToml() throws Exception {
        assertEquals(0, run("example.org"));
        String said = out.toString();
        String lines = said.substring(said.indexOf("[dkim]"));
        Files.writeString(home.resolve("sobre.toml"), "domain = \"example.org\"\n" + lines);
        var keys = ConfigurationReader.read(home.resolve("sobre.toml")).relay().dkimKeys();
        assertEquals(2, keys.size());
        for (String each : keys) {
            Path file = home.resolve(each);
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            assertEquals("rw-------", mode);
            assertTrue(said.contains(DkimKeyFile.read(file).zoneLine()), said);
        }
        out.getBuffer().setLength(0);
        assertEquals(0, run("--show", "Example.org"));
        assertEquals(said, out.toString().replace("Example.org", "example.org"));
    }

    @Test
    void itOverwritesNothing() throws Exception {
        assertEquals(0, run("example.org"));
        Path rsa = home.resolve("dkim/example.org/s1-rsa.key");
        String key = Files.readString(rsa);
        assertEquals(1, run("example.org"));
        assertEquals(key, Files.readString(rsa));
        assertEquals(0, run("--selector", "s2", "--json", "example.org"));
        assertTrue(out.toString().contains("\"name\":\"s2-rsa._domainkey.example.org\""));
    }

    @Test
    void namesThatCantBeAreRefused() {
        assertEquals(1, run("--show", "example.org"), "there are none yet");
        assertEquals(1, run("../elsewhere"));
        assertEquals(1, run("--selector", "../s", "example.org"));
    }

    /** Its exit code; whatever is thrown is 1. */
    private int run(String... args) {
        var line = new CommandLine(new DkimKeyCommand());
        line.setOut(new PrintWriter(out, true));
        line.setExecutionExceptionHandler((_, _, _) -> 1);
        var all = new ArrayList<>(List.of("--home", home.toString()));
        all.addAll(List.of(args));
        return line.execute(all.toArray(String[]::new));
    }
}
