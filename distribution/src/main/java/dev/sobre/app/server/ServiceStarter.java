package dev.sobre.app.server;

import dev.sobre.app.admin.Office;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Service;
import dev.sobre.imap.ImapSettings;
import dev.sobre.imap.ImapsServer;
import dev.sobre.line.Limits;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.MailStore;
import dev.sobre.pop3.Pop3Settings;
import dev.sobre.pop3.Pop3sServer;
import dev.sobre.smtp.SmtpSettings;
import dev.sobre.smtp.SmtpsServer;
import dev.sobre.telnet.TelnetSettings;
import dev.sobre.telnet.TelnetsServer;
import dev.sobre.tls.TlsContext;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Starts each service as the configuration says. */
record ServiceStarter(
        Configuration configuration,
        TlsContext tls,
        MailStore store,
        Authenticator authenticator,
        Office office) {

    /** Starts a service on each of its addresses. */
    void start(Service service, Consumer<Running> started) {
        var listener = configuration.listener(service);
        int port = listener.port();
        for (InetSocketAddress address : addresses(listener.addresses(), port)) {
            // Where any port will do, all addresses get the one that the first was given.
            var wanted = port == 0 ? address : withPort(address, port);
            var running = start(service, wanted);
            started.accept(running);
            port = running.port().getAsInt();
        }
    }

    private Running start(Service service, InetSocketAddress address) {
        return switch (service) {
            case SMTPS -> smtps(address);
            case POP3S -> pop3s(address);
            case IMAPS -> imaps(address);
            case TELNETS -> telnets(address);
        };
    }

    private Running smtps(InetSocketAddress address) {
        var standard = SmtpSettings.onLoopback(address.getPort());
        var settings =
                standard.withAddress(address)
                        .withHostname(configuration.hostname())
                        .withDomains(Set.of(configuration.domain()))
                        .withMessageLimit(configuration.limits().message())
                        .withLimits(counted(standard.limits()));
        var server = SmtpsServer.start(settings, tls, authenticator, store);
        return new Running(server::port, server::sessions, server::close);
    }

    private Running pop3s(InetSocketAddress address) {
        var standard = Pop3Settings.onLoopback(address.getPort());
        var settings =
                standard.withAddress(address)
                        .withHostname(configuration.hostname())
                        .withLimits(counted(standard.limits()));
        var server = Pop3sServer.start(settings, tls, authenticator, store);
        return new Running(server::port, server::sessions, server::close);
    }

    private Running imaps(InetSocketAddress address) {
        var standard = ImapSettings.on(address);
        var settings =
                standard.withMessageLimit(configuration.limits().message())
                        .withLimits(counted(standard.limits()));
        var server = ImapsServer.start(settings, tls, store, authenticator);
        return new Running(server::port, server::sessions, grace -> server.close());
    }

    private Running telnets(InetSocketAddress address) {
        var settings = TelnetSettings.on(address); // few may connect, whatever the limits say
        var server = TelnetsServer.start(settings, tls, authenticator, ConsoleCommands.of(office));
        return new Running(server::port, server::sessions, grace -> server.close());
    }

    private Limits counted(Limits standard) {
        var limits = configuration.limits();
        return standard.withConnections(limits.connections(), limits.connectionsPerAddress());
    }

    private static List<InetSocketAddress> addresses(List<String> configured, int port) {
        if (configured.isEmpty()) return List.of(new InetSocketAddress(port));
        var all = new ArrayList<InetSocketAddress>();
        for (String address : configured) all.add(new InetSocketAddress(address, port));
        return all;
    }

    private static InetSocketAddress withPort(InetSocketAddress address, int port) {
        return new InetSocketAddress(address.getAddress(), port);
    }
}
