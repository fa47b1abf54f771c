package dev.sobre.app.server;

import dev.sobre.app.admin.Office;
import dev.sobre.app.config.ClientCertificates;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Configuration.Limits;
import dev.sobre.app.config.Listener;
import dev.sobre.app.config.Relaying.Way;
import dev.sobre.app.config.Service;
import dev.sobre.app.home.Home;
import dev.sobre.imap.ImapSettings;
import dev.sobre.imap.ImapsServer;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.search.Search;
import dev.sobre.pop3.Pop3Settings;
import dev.sobre.pop3.Pop3sServer;
import dev.sobre.smtp.Allowance;
import dev.sobre.smtp.FromRule;
import dev.sobre.smtp.Onward;
import dev.sobre.smtp.PerHour;
import dev.sobre.smtp.SmtpSettings;
import dev.sobre.smtp.SmtpsServer;
import dev.sobre.smtp.relay.StoreReturns;
import dev.sobre.telnet.TelnetSettings;
import dev.sobre.telnet.TelnetsServer;
import dev.sobre.tls.Admission;
import dev.sobre.tls.ClientAuthentication;
import dev.sobre.tls.ClientTrust;
import dev.sobre.tls.ListenerSettings;
import dev.sobre.tls.TlsContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Starts each service as the configuration says. */
record ServiceStarter(
        Home home,
        Configuration configuration,
        TlsContext tls,
        Optional<ClientTrust> clients,
        MailStore store,
        Search search,
        Authenticator authenticator,
        Office office,
        Refusals refusals) {

    Running start(Service service) {
        var listener = listener(service);
        return switch (service) {
            case SMTPS -> smtps(listener);
            case POP3S -> pop3s(listener);
            case IMAPS -> imaps(listener);
            case TELNETS -> telnets(listener);
        };
    }

    /** Where a service listens, and whom it lets in. */
    private ListenerSettings listener(Service service) {
        var listener = configuration.listener(service);
        var limits = configuration.limits();
        // Few may connect to the console, whatever the limits say.
        var standard =
                service == Service.TELNETS
                        ? TelnetSettings.loopback(0).listener().admission()
                        : Admission.standard()
                                .withConnections(
                                        limits.connections(), limits.connectionsPerAddress());
        return ListenerSettings.on(new InetSocketAddress(listener.port()))
                .withTickets(listener.tickets())
                .withAddresses(addresses(listener))
                .withClients(asked(listener.clients()))
                .withAdmission(
                        standard.withProxies(listener.proxies())
                                .withReusePort(listener.reusePort())
                                .withSocketMode(listener.socketMode()));
    }

    private ClientAuthentication asked(ClientCertificates wish) {
        return clients.map(
                        trust ->
                                switch (wish) {
                                    case NONE -> ClientAuthentication.none();
                                    case OPTIONAL -> ClientAuthentication.optional(trust);
                                    case REQUIRED -> ClientAuthentication.required(trust);
                                })
                .orElse(ClientAuthentication.none());
    }

    private Running smtps(ListenerSettings listener) {
        var settings =
                SmtpSettings.onLoopback(0)
                        .withListener(listener)
                        .withHostname(configuration.hostname())
                        .withDomains(Set.of(configuration.domain()))
                        .withSubaddressSeparators(configuration.mail().subaddressSeparators())
                        .withheld(configuration.smtp().withheld())
                        .withAllowance(allowance(configuration.limits()));
        var mail = configuration.mail();
        settings =
                settings.withHandling(
                        settings.handling()
                                .withRepeats(mail.repeats())
                                .withTracesClient(mail.tracesClient())
                                .withLongestHold(mail.longestHold()));
        if (!mail.anyFrom()) settings = settings.withFrom(FromRule.OWN);
        var relay = configuration.relay();
        if (relay.way() != Way.OFF) {
            settings = settings.withOnward(new Onward(relay.expires(), relay.warn()));
        }
        var notices =
                new Notices(
                        configuration.hostname(),
                        configuration.domain(),
                        new StoreReturns(store, office.recipients()));
        var heard = refusals.ofMail(notices::ofTooMuch);
        var server = SmtpsServer.start(settings, tls, authenticator, store, heard);
        return new Running(
                server::port,
                server::sessions,
                server::endSessionsOf,
                server::follow,
                server::close);
    }

    private static Allowance allowance(Limits limits) {
        var sending = limits.sending();
        return Allowance.standard()
                .withOctets(limits.message())
                .withRecipients(sending.recipients())
                .withDomains(sending.domains())
                .withMails(sending.session())
                .withAtOnce(sending.atOnce())
                .withPerHour(
                        new PerHour(sending.mails(), sending.allRecipients()),
                        new PerHour(sending.addressMails(), sending.addressRecipients()));
    }

    private Running pop3s(ListenerSettings listener) {
        var settings =
                Pop3Settings.onLoopback(0)
                        .withListener(listener)
                        .withHostname(configuration.hostname());
        var server = Pop3sServer.start(settings, tls, authenticator, store);
        return new Running(
                server::port,
                server::sessions,
                server::endSessionsOf,
                server::follow,
                server::close);
    }

    private Running imaps(ListenerSettings listener) {
        var settings =
                ImapSettings.onLoopback(0)
                        .withListener(listener)
                        .withheld(configuration.imap().withheld())
                        .withCompression(configuration.imap().compression())
                        .withMessagesAtOnce(configuration.imap().messagesAtOnce())
                        .withMessageLimit(configuration.limits().message());
        var server = ImapsServer.start(settings, tls, store, authenticator, search);
        return new Running(
                server::port,
                server::sessions,
                server::endSessionsOf,
                server::follow,
                grace -> server.close());
    }

    private Running telnets(ListenerSettings listener) {
        var settings = TelnetSettings.loopback(0).withListener(listener);
        var server = TelnetsServer.start(settings, tls, authenticator, ConsoleCommands.of(office));
        // Nobody is followed at the console: what is typed there has no form to mask secrets by.
        return new Running(
                server::port,
                server::sessions,
                server::endSessionsOf,
                (user, lines) -> () -> {},
                grace -> server.close());
    }

    private List<SocketAddress> addresses(Listener listener) {
        int port = listener.port();
        if (listener.addresses().isEmpty()) return List.of(new InetSocketAddress(port));
        var all = new ArrayList<SocketAddress>();
        for (String address : listener.addresses()) {
            all.add(
                    address.startsWith(Listener.UNIX)
                            ? unix(address.substring(Listener.UNIX.length()))
                            : new InetSocketAddress(address, port));
        }
        return all;
    }

    private SocketAddress unix(String path) {
        return UnixDomainSocketAddress.of(home.resolve(path));
    }
}
