package dev.sobre.app.server;

import dev.sobre.app.admin.Refusal;
import dev.sobre.app.admin.RunningServer;
import dev.sobre.app.admin.ServedCertificate;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Service;
import dev.sobre.app.control.ControlServer;
import dev.sobre.app.home.Home;
import dev.sobre.app.home.HomeLock;
import dev.sobre.app.text.Failure;
import dev.sobre.line.Following;
import dev.sobre.line.SessionInfo;
import dev.sobre.line.TraceLine;
import dev.sobre.line.sasl.PasswordVerifier;
import dev.sobre.mail.Account;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.search.Search;
import dev.sobre.mail.search.SearchSettings;
import dev.sobre.smtp.relay.Relay;
import dev.sobre.tls.HandshakeWatch;
import dev.sobre.tls.TlsContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All services of one home, with its store, under its lock. */
public final class Server implements RunningServer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Instant since = Instant.now();
    private final Map<Service, Running> services = new EnumMap<>(Service.class);
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Refusals refusals = new Refusals();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Optional<Path> logFile;
    private final MailStore store;
    private final Certificates certificates;
    private Optional<Relay> relay = Optional.empty(); // the console may be heard before it runs

    private Server(Home home, Configuration configuration, Optional<HandshakeWatch> watch) {
        this.logFile = configuration.log().file().map(home::resolve);
        opened.push(
                HomeLock.take(home)
                        .orElseThrow(
                                () ->
                                        new Failure(
                                                "another server runs on "
                                                        + home.root()
                                                        + ": process "
                                                        + HomeLock.owner(home)
                                                        + "; stop it first, or choose another"
                                                        + " --home")));
        try {
            this.certificates = Certificates.open(home, configuration, watch);
            opened.push(certificates);
            this.store = Stores.open(home, configuration);
        } catch (RuntimeException e) {
            closeOpened();
            throw e;
        }
        opened.push(store);
    }

    /**
     * Starts what the configuration asks for; when one part fails, all that was started stops.
     *
     * @throws dev.sobre.tls.BindFailed for a port that can't be had
     */
    public static Server start(Home home, Configuration configuration) {
        return start(home, configuration, Optional.empty());
    }

    /**
     * The same with somebody who looks on at each TLS handshake.
     *
     * @throws dev.sobre.tls.BindFailed for a port that can't be had
     */
    public static Server start(
            Home home, Configuration configuration, Optional<HandshakeWatch> watch) {
        var server = new Server(home, configuration, watch);
        try {
            server.open(home, configuration);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void open(Home home, Configuration configuration) {
        var verifier =
                PasswordVerifier.over(
                        store.accounts(),
                        PasswordVerifier.Settings.standard()
                                .withScram(configuration.login().scram())
                                .withGuesses(configuration.login().guesses()));
        opened.push(verifier);
        var office = Stores.office(home, configuration, store, Optional.of(this));
        var search =
                configuration.search().enabled()
                        ? Search.open(
                                store,
                                home.search(),
                                SearchSettings.DEFAULTS.withEverything(
                                        configuration.search().everything()))
                        : Search.scanning(store, SearchSettings.DEFAULTS);
        opened.push(search);
        var starter =
                new ServiceStarter(
                        home,
                        configuration,
                        certificates.context(),
                        Certificates.clients(home, configuration),
                        store,
                        search,
                        refusals.watch(verifier),
                        office,
                        refusals);
        for (Service service : Service.values()) {
            services.put(service, starter.start(service));
        }
        var started = new WayOut(home, configuration).start(store);
        opened.push(started);
        relay = Optional.of(started);
        opened.push(ControlServer.start(home, office));
        Stores.warnWithoutAdministrator(store);
    }

    public MailStore store() {
        return store;
    }

    /** The port of a service; 0 where it has none but Unix sockets. */
    public int port(Service service) {
        Running running = services.get(service);
        return running == null ? 0 : running.port().getAsInt();
    }

    @Override
    public TlsContext tls() {
        return certificates.context();
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public Map<String, Integer> ports() {
        var ports = new LinkedHashMap<String, Integer>();
        for (Service service : Service.values()) ports.put(service.label(), port(service));
        return ports;
    }

    @Override
    public List<ServedCertificate> certificates() {
        return certificates.served();
    }

    /** What is printed when everything is bound, for those who wait for it. */
    public String readyLine() {
        return ports().entrySet().stream()
                .map(port -> port.getKey() + "=" + port.getValue())
                .collect(Collectors.joining(" ", "ready ", ""));
    }

    @Override
    public List<SessionInfo> sessions() {
        return services.values().stream()
                .flatMap(running -> running.sessions().get().stream())
                .toList();
    }

    @Override
    public List<Refusal> refusals(String address) {
        return refusals.of(address);
    }

    @Override
    public Map<String, Refusal> alarms() {
        return refusals.alarms();
    }

    @Override
    public void relayNow() {
        relay.ifPresent(Relay::forgive);
    }

    @Override
    public Optional<Path> logFile() {
        return logFile;
    }

    @Override
    public Following follow(Account account, Consumer<TraceLine> listener) {
        List<Following> all =
                services.values().stream()
                        .map(running -> running.follow().apply(account.address(), listener))
                        .toList();
        return () -> all.forEach(Following::close);
    }

    @Override
    public void endSessionsOf(Account account) {
        services.values().forEach(running -> running.endSessionsOf().accept(account.address()));
    }

    /** Finishes running commands, for three seconds at most, then closes the store. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        var stopping = new ArrayList<Thread>();
        for (Running running : services.values()) {
            stopping.add(Thread.startVirtualThread(() -> running.close().accept(GRACE)));
        }
        try {
            for (Thread thread : stopping) thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeOpened();
    }

    private void closeOpened() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.error("something did not close", e);
            }
        }
    }
}
