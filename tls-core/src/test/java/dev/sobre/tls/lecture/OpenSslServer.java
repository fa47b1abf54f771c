package dev.sobre.tls.lecture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code openssl s_server}: somebody else's server, which speaks what ours refuses. */
record OpenSslServer(Process process, int port, Path keyLog, Path certificate)
        implements AutoCloseable {

    static OpenSslServer start(Path work, String... options) throws Exception {
        Path key = work.resolve("key.pem");
        Path certificate = work.resolve("certificate.pem");
        run(
                work,
                "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem"
                        + " -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost");
        int port = free();
        Path keyLog = work.resolve("keys.log");
        var line =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_server",
                                "-accept",
                                "127.0.0.1:" + port,
                                "-key",
                                key.toString(),
                                "-cert",
                                certificate.toString(),
                                "-quiet",
                                "-keylogfile",
                                keyLog.toString()));
        line.addAll(List.of(options));
        var process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(work.resolve("server.log").toFile())
                        .start();
        var server = new OpenSslServer(process, port, keyLog, certificate);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> listens(port));
        return server;
    }

    /** The secrets that the server wrote down, by their label. */
    String logged(String label) throws IOException {
        return Files.readAllLines(keyLog).reversed().stream()
                .filter(line -> line.startsWith(label + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label));
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static void run(Path work, String line) throws Exception {
        var process =
                new ProcessBuilder(line.split(" "))
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(work.resolve("openssl.log").toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(Files.readString(work.resolve("openssl.log")));
        }
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
