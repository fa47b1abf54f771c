package dev.sobre.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.app.admin.AdminCommands;
import dev.sobre.app.admin.Office;
import dev.sobre.app.admin.ScriptedCaller;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Service;
import dev.sobre.app.home.Home;
import dev.sobre.app.server.FirstRun;
import dev.sobre.app.server.Server;
import dev.sobre.line.sasl.PasswordHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the open sessions of an account that an administrator removes or changes. */
class OpenSessionsTest {

    private static final String CHANGED = "your account was changed or removed; log in again";

    private final Home home;
    private final Server server;

    OpenSessionsTest(@TempDir Path root) {
        var configuration = Configuration.standard("localhost", "localhost", 0).onFreePorts();
        home = FirstRun.create(root.resolve("home"), configuration);
        server = Server.start(home, configuration);
        String hash = PasswordHash.argon2id("long secret");
        server.store().accounts().create(List.of("ann@localhost"), hash, false);
        server.store().accounts().create(List.of("bob@localhost"), hash, false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void allEndWhenTheAccountIsRemoved() throws Exception {
        allEndAfter("user", "remove", "--yes", "ann");
    }

    @Test
    void allEndWhenThePasswordIsChanged() throws Exception {
        allEndAfter("user", "passwd", "--generate", "ann");
    }

    private void allEndAfter(String... command) throws Exception {
        try (var smtp = smtp("ann@localhost");
                var pop3 = pop3();
                var imap = imap("ann@localhost");
                var idling = imap("ann@localhost");
                var other = imap("bob@localhost")) {
            idling.say("3 IDLE", "+ idling");
            var office = new Office("localhost", server.store(), Optional.of(server));
            var caller = ScriptedCaller.answering();
            assertEquals(
                    0, AdminCommands.run(List.of(command), office, caller), caller.complained());
            smtp.ends("421 4.7.0 " + CHANGED);
            pop3.ends("-ERR " + CHANGED);
            imap.ends("* BYE " + CHANGED);
            idling.ends("* BYE " + CHANGED);
            other.say("3 NOOP", "3 OK NOOP completed");
        }
    }

    @Test
    void whatWasRefusedIsExplained() throws Exception {
        try (var smtp = smtp("ann@localhost");
                var imap = connect(Service.IMAPS)) {
            smtp.ask("MAIL FROM:<ann@localhost>", "250");
            smtp.ask("RCPT TO:<Eve@localhost>", "550");
            imap.meets("* OK");
            imap.ask("1 LOGIN bob@localhost wrong", "1 NO");
        }
        assertTrue(explained("eve").contains(": mail: there is no such user here\n"));
        assertTrue(explained("bob").contains(": a login from 127.0.0.1: wrong, or not allowed\n"));
        assertTrue(
                explained("ann")
                        .endsWith(
                                "nothing was refused since the server started, as far"
                                        + " as it remembers\n"));
    }

    private String explained(String address) throws Exception {
        var office = new Office("localhost", server.store(), Optional.of(server));
        var caller = ScriptedCaller.answering();
        assertEquals(0, AdminCommands.run(List.of("explain", address), office, caller));
        return caller.printed();
    }

    private LineClient smtp(String user) throws Exception {
        var client = connect(Service.SMTPS);
        client.hears("220 localhost ESMTP ready");
        client.say("HELO here", "250 localhost greets 127.0.0.1");
        client.say("AUTH LOGIN", "334 VXNlcm5hbWU6");
        client.say(LineClient.base64(user), "334 UGFzc3dvcmQ6");
        client.say(LineClient.base64("long secret"), "235 2.7.0 welcome");
        return client;
    }

    private LineClient pop3() throws Exception {
        var client = connect(Service.POP3S);
        client.meets("+OK");
        client.say("USER ann@localhost", "+OK and the password?");
        client.say("PASS long secret", "+OK the maildrop has 0 messages");
        return client;
    }

    private LineClient imap(String user) throws Exception {
        var client = connect(Service.IMAPS);
        client.meets("* OK");
        client.ask("1 LOGIN " + user + " \"long secret\"", "1 OK");
        client.send("2 SELECT INBOX");
        String line = client.line();
        while (line.startsWith("*")) line = client.line();
        assertEquals("2 OK [READ-WRITE] SELECT completed", line);
        return client;
    }

    private LineClient connect(Service service) throws Exception {
        return LineClient.connect(home, server.port(service));
    }
}
