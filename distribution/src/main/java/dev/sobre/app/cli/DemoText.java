package dev.sobre.app.cli;

import dev.sobre.app.config.Service;
import dev.sobre.app.home.Home;
import dev.sobre.app.server.Server;

/** What a demonstration prints: lines that work when they are pasted into another terminal. */
final class DemoText {

    private DemoText() {}

    static String of(Server server, DemoUser user, Home home, long millis) {
        int smtps = server.port(Service.SMTPS);
        int imaps = server.port(Service.IMAPS);
        int pop3s = server.port(Service.POP3S);
        String login =
                "--cacert "
                        + home.authority()
                        + " -u '"
                        + user.address()
                        + ":"
                        + user.password()
                        + "'";
        return """
        %s
        ready in %d ms

        account   %s
        password  %s
        CA file   %s

        send a mail:
          printf 'From: %s\\r\\nTo: %s\\r\\nSubject: Hello\\r\\n\\r\\nHello from curl.\\r\\n' | curl %s --mail-from %s --mail-rcpt %s -T - smtps://localhost:%d

        read the first and the newest one, by IMAP and POP3:
          curl %s 'imaps://localhost:%d/INBOX;MAILINDEX=1'
          curl %s 'imaps://localhost:%d/INBOX;MAILINDEX=*'
          curl %s pop3s://localhost:%d/1

        %s
        the administrator's console (same account and password):
          telnet-ssl -z cacert=%s -z ssl localhost %d

        Ctrl-C stops the demonstration and removes %s
        """
                .formatted(
                        server.readyLine(),
                        millis,
                        user.address(),
                        user.password(),
                        home.authority(),
                        user.address(),
                        user.address(),
                        login,
                        user.address(),
                        user.address(),
                        smtps,
                        login,
                        imaps,
                        login,
                        imaps,
                        login,
                        pop3s,
                        ClientSettings.of("localhost", server.ports()).text(),
                        home.authority(),
                        server.port(Service.TELNETS),
                        home.root());
    }
}
