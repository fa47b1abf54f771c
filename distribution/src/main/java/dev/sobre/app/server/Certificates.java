package dev.sobre.app.server;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import dev.sobre.tls.HandshakeWatch;
import dev.sobre.tls.ClientNames;
import dev.sobre.tls.ClientTrust;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TicketKeys;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsSettings;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import dev.sobre.tls.pki.RevocationLists;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The one TLS context that all services of a home share, so that a session made with one resumes
 * with another, and after a restart.
 */
final class Certificates {

    private Certificates() {}

    /** Who may vouch for clients; nobody where no service asks. */
    static Optional<ClientTrust> clients(Home home, Configuration configuration) {
        var clients = configuration.clients();
        if (clients.authorities().isEmpty()) return Optional.empty();
        try {
            var authorities = new ArrayList<X509Certificate>();
            for (String file : clients.authorities()) {
                authorities.addAll(PemFiles.certificates(home.resolve(file)));
            }
            var lists =
                    RevocationLists.load(clients.revoked().stream().map(home::resolve).toList());
            return Optional.of(
                    ClientTrust.of(authorities)
                            .withRevoked(lists)
                            .withDepth(clients.depth())
                            .withNames(ClientNames.of(clients.names())));
        } catch (PkiException | IllegalArgumentException e) {
            throw new Failure(
                    e.getMessage()
                            + "; look at tls.client-ca and tls.client-crl in "
                            + home.configurationFile(),
                    e);
        }
    }

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
