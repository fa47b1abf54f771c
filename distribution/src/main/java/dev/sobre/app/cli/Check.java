package dev.sobre.app.cli;

import dev.sobre.app.admin.NewPassword;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Service;
import dev.sobre.app.home.Home;
import dev.sobre.app.server.Server;
import dev.sobre.app.server.ThrowAwayHome;
import dev.sobre.app.text.Failure;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code sobre check}: walks a mail through every service of a throw-away server. The build runs it
 * to learn what a start needs, for the start-up cache.
 */
@Command(
        name = "check",
        description = {
            "Checks this installation: starts a throw-away server on free ports, sends a mail by"
                    + " SMTPS, reads it by IMAPS and POP3S, and stops."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME}"})
final class Check implements Callable<Integer> {

    private static final String SUBJECT = "The whole road";

    @Override
    public Integer call() throws MessagingException {
        var configuration = Configuration.standard("localhost", "localhost", 0).onFreePorts();
        var user = new DemoUser("check@localhost", NewPassword.random());
        try (var home = ThrowAwayHome.create(configuration);
                var server = Server.start(home.home(), asWritten(home.home()))) {
            user.moveIn(server.store());
            System.out.println("started in " + Serve.sinceStart() + " ms");
            var ca = Optional.of(home.home().authority());
            var client = new MailClient("localhost", ca, user.address(), user.password());
            var message = client.message();
            message.setFrom(new InternetAddress(user.address()));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(user.address()));
            message.setSubject(SUBJECT);
            message.setText("From end to end.\r\n");
            client.send(server.port(Service.SMTPS), message);
            System.out.println("sent by SMTPS");
            read(client, "imap", server.port(Service.IMAPS));
            read(client, "pop3", server.port(Service.POP3S));
        }
        System.out.println("all is well");
        return 0;
    }

    /** What stands in the file, but on free ports. */
    private static Configuration asWritten(Home home) {
        return home.configuration().onFreePorts();
    }

    private static void read(MailClient client, String protocol, int port) {
        var lost = "the mail that was sent is not there";
        String newest = client.newest(protocol, port, () -> new Failure(lost));
        if (!newest.startsWith(SUBJECT + "\n")) throw new Failure(lost);
        System.out.println("read by " + protocol.toUpperCase(Locale.ROOT) + "S");
    }
}
