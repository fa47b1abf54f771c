package dev.sobre.app.server;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import dev.sobre.tls.HandshakeWatch;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TicketKeys;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsSettings;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The one TLS context that all services of a home share, so that a session made with one resumes
 * with another, and after a restart.
 */
final class Certificates {

    private Certificates() {}

    static TlsContext context(
            Home home, Configuration configuration, Optional<HandshakeWatch> watch) {
        var chain = home.resolve(configuration.certificate().chain());
        var key = home.resolve(configuration.certificate().key());
        try {
            var settings =
                    TlsSettings.of(Identity.load(chain, key)).withPolicy(configuration.policy());
            settings =
                    settings.withTickets(tickets(home, configuration.tickets()))
                            .withSessionCache(configuration.tickets().sessionCache());
            return TlsContext.of(watch.map(settings::withWatch).orElse(settings));
        } catch (PkiException e) {
            throw new Failure(
                    e.getMessage()
                            + "; look at [tls] in "
                            + home.configurationFile(),
                    e);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage() + "; look at [tls] in " + home.configurationFile(), e);
        }
    }

    private static TicketKeys tickets(Home home, Configuration.Tickets tickets)
            throws PkiException {
        var credential = tickets.credential();
        if (credential.isEmpty()) {
            return TicketKeys.in(home.resolve(tickets.keys()), tickets.schedule());
        }
        String directory = System.getenv("CREDENTIALS_DIRECTORY");
        if (directory == null) {
            throw new Failure(
                    "tls.ticket-keys names the credential "
                            + credential.get()
                            + ", but no credentials were handed over; start the server by systemd,"
                            + " with LoadCredential="
                            + credential.get()
                            + ":FILE in its unit");
        }
        return TicketKeys.derivedFrom(
                Path.of(directory).resolve(credential.get()), tickets.schedule());
    }
}
