package dev.sobre.smtp.relay;

import dev.sobre.line.LineClient;
import dev.sobre.tls.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open connection to a server that has heard who we are and may be given mail. */
final class Hop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Hop.class);

    /** For one mail; less than a claim holds. */
    static final Duration LONGEST = Duration.ofHours(2);

    private final Host host;
    private final LineClient wire;
    private final Timeouts timeouts;
    private final String hostname;
    private Features features = new Features(Map.of());
    private boolean usable = true;
    private Optional<Answer> leave = Optional.empty();
    private long deadline = System.nanoTime() + LONGEST.toNanos();

    private Hop(Host host, LineClient wire, RelaySettings settings) {
        this.host = host;
        this.wire = wire;
        this.timeouts = settings.timeouts();
        this.hostname = settings.hostname();
    }

    /** Connects, greets, secures the connection as far as the host asks for, and logs in. */
    static Hop open(Host host, RelaySettings settings, TlsClients clients) throws IOException {
        try {
            return open(host, settings, clients, host.security());
        } catch (TlsFailed e) {
            if (host.security() != Security.OPPORTUNISTIC) throw e;
            // RFC 7435: where no TLS at all would do, TLS that does not work must not stop the
            // mail.
            LOG.info("{}: {}; going on without TLS", host, e.getMessage());
            return open(host, settings, clients, null);
        }
    }

    /** The server has STARTTLS, and it does not work. */
    private static final class TlsFailed extends IOException {
        private static final long serialVersionUID = 1;

        TlsFailed(IOException cause) {
            super("TLS failed: " + cause.getMessage(), cause);
        }
    }

    private static Hop open(
            Host host, RelaySettings settings, TlsClients clients, @Nullable Security security)
            throws IOException {
        Duration connect = settings.timeouts().connect();
        var route = settings.route();
        LineClient wire =
                security == Security.IMPLICIT
                        ? LineClient.secured(
                                host.address(), clients.of(host), connect.multipliedBy(2))
                        : plain(host, connect);
        var hop = new Hop(host, wire, settings);
        try {
            hop.greet();
            if (security == Security.REQUIRED || security == Security.OPPORTUNISTIC) {
                hop.startTls(clients.of(host), security == Security.REQUIRED);
            }
            if (route.login().isPresent()) hop.logIn(route.login().get());
            return hop;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /** Connects to the first of its addresses where somebody answers. */
    private static LineClient plain(Host host, Duration timeout) throws IOException {
        List<IOException> failures = new ArrayList<>();
        for (var address : addresses(host)) {
            try {
                return LineClient.plain(address, timeout);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        throw failures.getFirst();
    }

    private static List<InetSocketAddress> addresses(Host host) throws IOException {
        var known = host.address();
        if (!known.isUnresolved()) return List.of(known);
        try {
            return Arrays.stream(InetAddress.getAllByName(known.getHostString()))
                    .map(found -> new InetSocketAddress(found, known.getPort()))
                    .toList();
        } catch (UnknownHostException e) {
            throw new IOException("no address is known for " + host.name(), e);
        }
    }

    private void greet() throws IOException {
        Answer greeting = Answer.read(wire, timeouts.command());
        if (!greeting.positive()) throw new IOException("it greets with " + greeting);
        hello();
    }

    private void hello() throws IOException {
        Answer ehlo = ask("EHLO " + hostname);
        if (!ehlo.positive() && ehlo.permanent()) ehlo = ask("HELO " + hostname);
        if (!ehlo.positive()) throw new IOException("it answers our greeting with " + ehlo);
        features = Features.of(ehlo);
        String name = ehlo.lines().getFirst().split(" ", 2)[0];
        // RFC 5321 §6.3: whoever has our name is us, and the mail would go round.
        if (name.toLowerCase(Locale.ROOT).equals(hostname) && !name.equals("localhost")) {
            throw new IOException("it is ourselves: mail would go in a circle");
        }
    }

    private void startTls(TlsClient tls, boolean required) throws IOException {
        if (!features.has("STARTTLS")) {
            if (required) throw new IOException("it offers no STARTTLS, which is required");
            return;
        }
        Answer answer = ask("STARTTLS");
        if (!answer.positive()) {
            throw new TlsFailed(new IOException("STARTTLS is answered with " + answer));
        }
        try {
            wire.startTls(tls, timeouts.connect());
        } catch (IOException e) {
            throw new TlsFailed(e);
        }
        hello(); // RFC 3207 §4.2: what was said before does not count
    }

    /** RFC 4954; only ever over TLS whose certificate holds. */
    private void logIn(Smarthost.Login login) throws IOException {
        if (wire.tls().isEmpty()) throw new IOException("a password is sent over TLS only");
        Answer answer;
        if (features.logsInBy("PLAIN")) {
            answer = ask("AUTH PLAIN " + base64("\0" + login.user() + "\0" + login.password()));
        } else if (features.logsInBy("LOGIN")) {
            answer = ask("AUTH LOGIN");
            if (answer.code() == 334) answer = ask(base64(login.user()));
            if (answer.code() == 334) answer = ask(base64(login.password()));
        } else {
            throw new IOException("it takes no password: it offers neither AUTH PLAIN nor LOGIN");
        }
        if (answer.code() != 235) {
            throw new IOException("it refuses our login as " + login.user() + ": " + answer);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    Host host() {
        return host;
    }

    Features features() {
        return features;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    /** Whether another mail can be given over this connection. */
    boolean usable() {
        return usable && wire.isOpen();
    }

    /** After this only {@link #close} makes sense. */
    void spoilt() {
        usable = false;
    }

    /** A mail begins, which must not take for ever in small steps. */
    void begin() {
        deadline = System.nanoTime() + LONGEST.toNanos();
    }

    /** One command and its answer. */
    Answer ask(String command) throws IOException {
        say(command);
        return answer(timeouts.command());
    }

    void say(String commands) throws IOException {
        wire.write(commands + "\r\n", within(timeouts.command()));
    }

    void send(ByteBuffer octets) throws IOException {
        wire.write(octets, within(timeouts.block()));
    }

    private Duration within(Duration timeout) throws IOException {
        if (leave.isPresent()) throw new IOException(leave.get().toString());
        var left = Duration.ofNanos(deadline - System.nanoTime());
        if (!left.isPositive()) throw new IOException("it is too slow");
        return left.compareTo(timeout) < 0 ? left : timeout;
    }

    Answer answer(Duration timeout) throws IOException {
        Answer answer = Answer.read(wire, within(timeout));
        if (answer.closing()) {
            spoilt();
            leave = Optional.of(answer);
        }
        return answer;
    }

    /** Says good-bye where that can be heard. */
    @Override
    public void close() {
        try {
            if (usable()) {
                wire.write("QUIT\r\n", Duration.ofSeconds(5));
                Answer.read(wire, Duration.ofSeconds(5));
            }
        } catch (IOException e) {
            LOG.debug("{} did not say good-bye", host, e);
        } finally {
            wire.close();
        }
    }
}
