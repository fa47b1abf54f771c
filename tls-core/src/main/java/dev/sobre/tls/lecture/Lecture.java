package dev.sobre.tls.lecture;

import dev.sobre.tls.PeerCheck;
import dev.sobre.tls.probe.Explanation.Problem;
import dev.sobre.tls.trace.Story;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.IPAddress;

/**
 * A handshake with a server, told message by message.
 *
 * @param schedule the secrets in order; empty where they were not asked for
 * @param problem why the handshake failed, or why a client that checks would not go on
 */
public record Lecture(
        String host,
        int port,
        String serverName,
        Story story,
        List<ToldSecret> schedule,
        Optional<Problem> problem) {

    public Lecture {
        schedule = List.copyOf(schedule);
    }

    /**
     * Connects and tells; never throws for what the network does. Waits, so not for event loops.
     *
     * @throws IllegalArgumentException for a suite that the client cannot speak
     */
    public static Lecture on(String host, int port, LectureOptions options) {
        String serverName = options.serverName().orElse(host);
        var notebook = new Notebook(options.secrets());
        var crypto = new RecordingCrypto(notebook);
        var client =
                new Lecturer(
                        crypto,
                        Offer.of(options, crypto),
                        serverName,
                        !IPAddress.isValid(serverName));
        Optional<Problem> problem = talk(host, port, options, notebook, client);
        return new Lecture(
                host,
                port,
                serverName,
                notebook.narrator().story(),
                options.secrets() ? Schedules.of(notebook) : List.of(),
                problem.or(() -> judged(client.chain(), options, serverName)));
    }

    /** The same in plain words, line by line. */
    public List<String> lines() {
        return LectureText.of(this);
    }

    private static Optional<Problem> talk(
            String host, int port, LectureOptions options, Notebook notebook, Lecturer client) {
        var problems = new Problems(host, port);
        try (var socket = connect(host, port, options)) {
            var tap = new Tap(socket, notebook, options.timeout());
            try {
                new Talk(tap).with(client);
                return Optional.empty();
            } catch (IOException | RuntimeException e) {
                return Optional.of(problems.handshake(e, tap));
            }
        } catch (IOException e) {
            return Optional.of(problems.connecting(e));
        }
    }

    private static Socket connect(String host, int port, LectureOptions options)
            throws IOException {
        IOException last = new IOException("no address is known for " + host);
        for (InetAddress address : InetAddress.getAllByName(host)) {
            var socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(address, port),
                        Math.toIntExact(options.timeout().toMillis()));
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    private static Optional<Problem> judged(
            List<X509Certificate> chain, LectureOptions options, String serverName) {
        return PeerCheck.complaint(chain, options.trusted(), serverName)
                .map(failed -> new Problem(failed.code(), failed.sentence()));
    }
}
