package dev.sobre.app.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.admin.Office;
import dev.sobre.app.admin.ScriptedCaller;
import dev.sobre.app.home.Home;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that run in the server and talk to another process. */
class ControlTest {

    private final MemoryStore store = MemoryStore.empty();
    private final Office office = new Office("example.org", store, Optional.empty());

    @TempDir Path directory;

    @Test
    void inputAnswersAndOutputPass() throws IOException {
        var home = new Home(directory);
        try (var server = ControlServer.start(home, office)) {
            var lines = new StringBuilder();
            for (int i = 0; i < 20_000; i++) lines.append("a line that has no colon in it\n");
            lines.append("ann@example.org:{PLAIN}long-enough\n");
            var importing = ScriptedCaller.with(lines.toString());
            assertEquals(1, run(home, importing, "user", "import", "file"));
            assertTrue(importing.printed().endsWith("1 account added, 20000 lines not taken\n"));

            var passwd = ScriptedCaller.answering("other-secret", "other-secret");
            assertEquals(0, run(home, passwd, "user", "passwd", "ann"));
            assertTrue(passwd.printed().contains("Password: "), passwd.printed());

            var nobody = ScriptedCaller.answering();
            assertEquals(1, run(home, nobody, "user", "passwd", "ann"));
            assertEquals("no answer, so nothing was done\n", nobody.complained());

            assertEquals(2, run(home, ScriptedCaller.answering(), "user", "paswd", "ann"));
        }
        assertFalse(Files.exists(home.controlSocket()));
        assertTrue(ControlClient.connect(home).isEmpty());
    }

    @Test
    void filesAreThoseOfTheCaller() throws IOException {
        var home = new Home(directory);
        store.and("ann@example.org", "x");
        Path here = Path.of("").toAbsolutePath();
        Path there = directory.resolve("mail");
        try (var server = ControlServer.start(home, office)) {
            var export = ScriptedCaller.answering();
            String relative = here.relativize(there).toString();
            assertEquals(0, run(home, export, "export", "ann", "--maildir", relative));
            assertTrue(Files.isDirectory(there.resolve("cur")));
            var bringing = ScriptedCaller.answering();
            assertEquals(0, run(home, bringing, "import", "ann", "--maildir", relative));
            assertTrue(bringing.printed().startsWith("imported 0 messages"), bringing.printed());
        }
    }

    @Test
    void onlyTheOwnerReachesIt() throws IOException {
        var home = new Home(directory);
        try (var server = ControlServer.start(home, office)) {
            assertEquals("rw-------", mode(home.controlSocket()));
            assertEquals("rwx------", mode(home.control()));
        }
    }

    @Test
    void aHomeMayLieDeeperThanASocketsPathIsLong() throws IOException {
        Path deep = directory;
        for (int i = 0; i < 4; i++) deep = deep.resolve("a-directory-with-quite-a-long-name-" + i);
        Files.createDirectories(deep);
        var home = new Home(deep);
        try (var server = ControlServer.start(home, office)) {
            assertEquals(0, run(home, ScriptedCaller.answering(), "user", "list"));
        }
        assertTrue(home.controlSocket().toString().length() > 108);
    }

    @Test
    void theSocketOfAKilledServerIsReplaced() throws IOException {
        var home = new Home(directory);
        var killed = ControlServer.start(home, office);
        try (var next = ControlServer.start(home, office)) {
            assertEquals(0, run(home, ScriptedCaller.answering(), "user", "list"));
        }
        killed.close();
    }

    @Test
    void whoSpeaksSomethingElseIsCutOff() throws IOException {
        var home = new Home(directory);
        try (var server = ControlServer.start(home, office);
                var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(home.controlSocket()));
            channel.write(ByteBuffer.wrap(new byte[] {0, 127, 127, 127, 127, 0}));
            assertTrue(isCutOff(channel));
            assertEquals(0, run(home, ScriptedCaller.answering(), "user", "list"));
        }
    }

    private static boolean isCutOff(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(10)) < 0;
        } catch (IOException reset) {
            return true; // it had not read all that we sent
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static int run(Home home, ScriptedCaller caller, String... words) {
        try (var client = ControlClient.connect(home).orElseThrow()) {
            return client.run(List.of(words), caller);
        }
    }
}
