package dev.sobre.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code sobre.toml} may say, and what is said about the rest. */
class ConfigurationReaderTest {

    @TempDir Path directory;

    private Configuration read(String text) throws IOException, ConfigurationError {
        return ConfigurationReader.read(Files.writeString(directory.resolve("sobre.toml"), text));
    }

    @Test
    void readsBackWhatInitWrites() throws Exception {
        var written = Configuration.standard("example.org", "mail.example.org", 20000);
        assertEquals(written, read(ConfigurationText.of(written)));
    }

    @Test
    void aDomainIsEnough() throws Exception {
        var read = read("domain = \"Example.ORG\"\n");
        assertEquals("example.org", read.domain());
        assertEquals("example.org", read.hostname());
        assertEquals(465, read.listener(Service.SMTPS).port());
        assertEquals(List.of(), read.listener(Service.IMAPS).addresses());
        assertEquals(List.of("127.0.0.1"), read.listener(Service.TELNETS).addresses());
        assertEquals(Optional.empty(), read.log().file());
    }

    /** Each: a text (with ~ for a new line), the line that is named, what is accepted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    hostname = "a"                                | 1 | `domain` is missing
                    domain = 5                                    | 1 | names such as "example.org"
                    domain = "a b"                                | 1 | names such as "example.org"
                    domain = "a"~[imaps]~port = "993"             | 3 | whole numbers from 0 to 65535
                    domain = "a"~[imaps]~port = 65536             | 3 | whole numbers from 0 to 65535
                    domain = "a"~[imaps]~addresses = "::1"        | 3 | lists of IP addresses
                    domain = "a"~[imaps]~addresses = ["here"]     | 3 | lists of IP addresses
                    domain = "a"~~[imap]~port = 1                 | 4 | no setting `imap.port`
                    domain = "a"~[imaps]~prot = 1                 | 3 | no setting `imaps.prot`
                    domain = "a"~~[log]~level = "loud"            | 4 | "error", "warn", "info", "debug"
                    domain = "a"~[limits]~message = 1             | 3 | from 65536 to 1073741824
                    domain = "a"~[limits]~connections = 0         | 3 | from 1 to 1000000
                    domain = "a"~[tls]~key = 1                    | 3 | paths in quotes
                    domain = "a"~imaps = 3                        | 2 | `imaps`
                    domain = "a"~domain = "b"                     | 2 | domain
                    domain = "a"~]                                | 2 | ]
                    """)
    void namesTheLineAndWhatIsAccepted(String text, int line, String accepted) {
        var error = assertThrows(ConfigurationError.class, () -> read(text.replace('~', '\n')));
        String message = String.valueOf(error.getMessage());
        String place = directory.resolve("sobre.toml") + ":" + line + ": ";
        assertTrue(message.startsWith(place), message);
        assertTrue(message.contains(accepted), message);
    }

    @Test
    void aFileThatIsNotThereOrNotText() throws IOException {
        Path absent = directory.resolve("absent.toml");
        assertThrows(ConfigurationError.class, () -> ConfigurationReader.read(absent));
        Path latin1 = directory.resolve("latin1.toml");
        Files.write(latin1, new byte[] {'d', '=', '"', (byte) 0xff, '"'});
        assertThrows(ConfigurationError.class, () -> ConfigurationReader.read(latin1));
    }
}
