package dev.sobre.app.server;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TicketKeys;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsSettings;
import dev.sobre.tls.pki.PkiException;

/**
 * The one TLS context that all services of a home share, so that a session made with one resumes
 * with another, and after a restart.
 */
final class Certificates {

    private Certificates() {}

    static TlsContext context(Home home, Configuration configuration) {
        var chain = home.resolve(configuration.certificate().chain());
        var key = home.resolve(configuration.certificate().key());
        try {
            var settings =
                    TlsSettings.of(Identity.load(chain, key)).withPolicy(configuration.policy());
            return TlsContext.of(settings.withTickets(TicketKeys.in(home.ticketKeys())));
        } catch (PkiException e) {
            throw new Failure(
                    e.getMessage()
                            + "; look at tls.certificate and tls.key in "
                            + home.configurationFile(),
                    e);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage() + "; look at [tls] in " + home.configurationFile(), e);
        }
    }
}
