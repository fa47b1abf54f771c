package dev.sobre.app.server;

import dev.sobre.app.admin.ServedCertificate;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import dev.sobre.tls.ClientAuthorities;
import dev.sobre.tls.ClientNames;
import dev.sobre.tls.ClientTrust;
import dev.sobre.tls.HandshakeWatch;
import dev.sobre.tls.Identity;
import dev.sobre.tls.IdentityFiles;
import dev.sobre.tls.IdentityWatch;
import dev.sobre.tls.TlsContext;
import dev.sobre.tls.TlsSettings;
import dev.sobre.tls.pki.CertificateFacts;
import dev.sobre.tls.pki.Names;
import dev.sobre.tls.pki.PkiException;
import dev.sobre.tls.pki.RevocationLists;
import dev.sobre.tls.pki.Staple;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of a home and the one TLS context that all its services share, so that a session
 * made with one resumes with another, and after a restart.
 */
record Certificates(IdentityWatch watch, TlsContext context) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    /** Who may vouch for clients; nobody where no service asks. */
    static Optional<ClientTrust> clients(Home home, Configuration configuration) {
        var clients = configuration.clients();
        if (clients.authorities().isEmpty()) return Optional.empty();
        try {
            var authorities =
                    ClientAuthorities.in(
                            clients.authorities().stream().map(home::resolve).toList());
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

    /** Reads the certificates and follows their files from then on. */
    static Certificates open(
            Home home, Configuration configuration, Optional<HandshakeWatch> trace) {
        try {
            var watch =
                    IdentityWatch.of(
                            configuration.certificates().stream()
                                    .map(each -> files(home, each))
                                    .toList());
            var settings =
                    TlsSettings.of(watch.identities())
                            .withPolicy(configuration.policy())
                            .withTickets(TicketSource.of(home, configuration.tickets()).open())
                            .withSessionCache(configuration.tickets().sessionCache());
            warnOfName(watch.identities(), configuration.hostname());
            var context = TlsContext.of(trace.map(settings::withWatch).orElse(settings));
            return new Certificates(watch.serve(context), context);
        } catch (PkiException e) {
            throw new Failure(e.getMessage() + "; look at [tls] in " + home.configurationFile(), e);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage() + "; look at [tls] in " + home.configurationFile(), e);
        }
    }

    private static void warnOfName(List<Identity> identities, String hostname) {
        if (identities.stream().anyMatch(i -> Names.match(i.certificate(), hostname))) return;
        LOG.warn(
                "no certificate is for {}, the hostname of sobre.toml: clients that connect to it"
                        + " will refuse; have one issued for it, or change the hostname",
                hostname);
    }

    /** A home that has its own authority renews what that one issued. */
    private static IdentityFiles files(Home home, Configuration.Certificate certificate) {
        return new IdentityFiles(
                home.resolve(certificate.chain()),
                home.resolve(certificate.key()),
                certificate.passphraseFile().map(home::resolve),
                certificate.ocspResponse().map(home::resolve),
                Optional.of(home.tls()).filter(tls -> Files.exists(home.authority())));
    }

    /** What is served, for the administrator. */
    List<ServedCertificate> served() {
        return watch.states().stream()
                .map(
                        state ->
                                new ServedCertificate(
                                        state.files().certificate().toString(),
                                        CertificateFacts.of(
                                                state.identity().certificate(), Instant.now()),
                                        state.identity().staple().map(Staple::until),
                                        state.problem()))
                .toList();
    }

    @Override
    public void close() {
        watch.close();
    }
}
