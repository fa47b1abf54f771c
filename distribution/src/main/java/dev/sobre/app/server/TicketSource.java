package dev.sobre.app.server;

import dev.sobre.app.config.Configuration.Tickets;
import dev.sobre.app.config.ConfigurationReader;
import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import dev.sobre.tls.TicketKeys;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of session tickets come from: a file that the servers of a ring write, or a secret
 * that systemd hands over, read-only.
 *
 * @param credentials the directory that systemd names in {@code CREDENTIALS_DIRECTORY}
 */
record TicketSource(Home home, Tickets tickets, @Nullable String credentials) {

    static TicketSource of(Home home, Tickets tickets) {
        return new TicketSource(home, tickets, System.getenv("CREDENTIALS_DIRECTORY"));
    }

    TicketKeys open() throws PkiException {
        var credential = tickets.credential();
        return credential.isPresent()
                ? derived(credential.get())
                : TicketKeys.in(home.resolve(tickets.keys()), tickets.schedule());
    }

    private TicketKeys derived(String name) {
        String load = "LoadCredential=" + name + ":FILE";
        if (credentials == null) {
            throw bad(
                    name,
                    "no credentials were handed over (CREDENTIALS_DIRECTORY is not set); start the"
                            + " server by systemd with "
                            + load
                            + " in its unit, or name a file");
        }
        Path secret = Path.of(credentials).resolve(name);
        if (!Files.isReadable(secret)) {
            throw bad(
                    name,
                    "there is no "
                            + secret
                            + " that can be read; add "
                            + load
                            + " to the server's unit, or correct the name");
        }
        try {
            return TicketKeys.derivedFrom(secret, tickets.schedule());
        } catch (PkiException e) {
            throw bad(
                    name,
                    secret
                            + " must hold 32 random bytes or more; make it with: head -c 32"
                            + " /dev/urandom");
        }
    }

    private Failure bad(String name, String sentence) {
        String key = "tls.ticket-keys";
        return new Failure(
                ConfigurationReader.place(home.configurationFile(), key)
                        + ": `"
                        + key
                        + "` names the credential "
                        + name
                        + ", but "
                        + sentence);
    }
}
