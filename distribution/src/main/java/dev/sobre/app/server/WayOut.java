package dev.sobre.app.server;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Smarthost;
import dev.sobre.app.home.DkimKeyFile;
import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Reason;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Recipients;
import dev.sobre.smtp.dkim.DkimKey;
import dev.sobre.smtp.dkim.DkimSigner;
import dev.sobre.smtp.relay.Direct;
import dev.sobre.smtp.relay.Dns;
import dev.sobre.smtp.relay.NoWayOut;
import dev.sobre.smtp.relay.Relay;
import dev.sobre.smtp.relay.RelaySettings;
import dev.sobre.smtp.relay.Route;
import dev.sobre.smtp.relay.Security;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.PkiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/** How mail leaves a home, as its configuration says. */
record WayOut(Home home, Configuration configuration) {

    /** Starts the relay; also where no mail leaves, some may wait for mailboxes here. */
    Relay start(MailStore store) {
        var relay = configuration.relay();
        Route route =
                switch (relay.way()) {
                    case OFF -> new NoWayOut();
                    case DIRECT -> new Direct(dns(relay.nameServers()));
                    case SMARTHOST -> smarthost(relay.smarthost());
                };
        var recipients =
                new Recipients(
                        store.accounts(),
                        Set.of(configuration.domain()),
                        configuration.mail().subaddressSeparators());
        var settings =
                RelaySettings.by(route, configuration.hostname())
                        .withConnections(relay.connections(), relay.perDestination())
                        .withSigner(new DkimSigner(dkimKeys(relay.dkimKeys())));
        return Relay.start(settings, store, recipients);
    }

    private List<DkimKey> dkimKeys(List<String> paths) {
        return paths.stream().map(home::resolve).map(this::dkimKey).toList();
    }

    private DkimKey dkimKey(Path file) {
        try {
            return DkimKeyFile.read(file);
        } catch (PkiException e) {
            throw new Failure(
                    e.getMessage() + "; look at dkim.keys in " + home.configurationFile(), e);
        }
    }

    private Dns dns(List<String> servers) {
        if (servers.isEmpty()) return Dns.system(configuration.hostname());
        var addresses =
                servers.stream()
                        .map(s -> new InetSocketAddress(InetAddress.ofLiteral(s), 53))
                        .toList();
        return Dns.at(addresses, configuration.hostname(), 25);
    }

    private Route smarthost(Smarthost there) {
        var security = there.startTls() ? Security.REQUIRED : Security.IMPLICIT;
        var login =
                there.user()
                        .map(
                                user ->
                                        new dev.sobre.smtp.relay.Smarthost.Login(
                                                user, password(there.passwordFile().orElse(""))));
        List<X509Certificate> trusted = there.authority().map(this::certificates).orElse(List.of());
        return new dev.sobre.smtp.relay.Smarthost(
                there.host(), there.port(), security, login, trusted);
    }

    private String password(String path) {
        Path file = home.resolve(path);
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new Failure(
                        file + " holds a password and everybody may read it: chmod 600 " + file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Failure(
                    "can't read the smarthost's password: "
                            + Reason.of(e)
                            + "; look at relay.password-file in "
                            + home.configurationFile(),
                    e);
        }
    }

    private List<X509Certificate> certificates(String path) {
        try {
            return PemFiles.certificates(home.resolve(path));
        } catch (PkiException e) {
            throw new Failure(
                    e.getMessage() + "; look at relay.ca in " + home.configurationFile(), e);
        }
    }
}
