package dev.sobre.app.server;

import dev.sobre.line.sasl.PasswordHash;
import dev.sobre.line.sasl.PasswordVerifier;
import dev.sobre.mail.rocksdb.RocksMailStore;
import dev.sobre.smtp.SmtpSettings;
import dev.sobre.smtp.SmtpsServer;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A process of two cores and a small heap that takes mail for user0@example.org and so on. */
record SmallServer(Process process, int port, SSLContext trust) implements AutoCloseable {

    static final int USERS = 50;

    /** All who come at once shake hands and log in at the same time, which takes it. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Starts one whose store is in a folder. */
    static SmallServer start(Path store, int heapMiB) throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heapMiB + "m",
                                "-XX:MaxDirectMemorySize=" + heapMiB + "m",
                                "-XX:ActiveProcessorCount=2",
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SmallServer.class.getName(),
                                store.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String line = said.readLine();
        while (line != null && !line.startsWith("READY ")) line = said.readLine();
        if (line == null) throw new AssertionError("the server did not start");
        String[] words = line.split(" ");
        byte[] certificate = Base64.getDecoder().decode(words[2]);
        return new SmallServer(process, Integer.parseInt(words[1]), trusting(certificate));
    }

    private static SSLContext trusting(byte[] certificate) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var octets = new ByteArrayInputStream(certificate);
        store.setCertificateEntry(
                "server", CertificateFactory.getInstance("X.509").generateCertificate(octets));
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    public static void main(String[] args) throws Exception {
        var identity = Identity.selfSigned("localhost");
        var settings = SmtpSettings.onLoopback(0);
        var listener = settings.listener().withHandshakeTimeout(PATIENCE);
        var many = listener.withAdmission(listener.admission().withConnections(2000, 2000));
        var patient = settings.limits().withLoginTime(PATIENCE);
        try (var store = RocksMailStore.open(Path.of(args[0]));
                var verifier = PasswordVerifier.over(store.accounts())) {
            String stored = PasswordHash.argon2id("secret");
            for (int i = 0; i < USERS; i++) {
                store.accounts().create(List.of("user" + i + "@example.org"), stored, false);
            }
            var tls = TlsContext.of(identity);
            try (var server =
                    SmtpsServer.start(
                            settings.withListener(many).withLimits(patient),
                            tls,
                            verifier,
                            store)) {
                byte[] certificate = identity.certificate().getEncoded();
                String encoded = Base64.getEncoder().encodeToString(certificate);
                System.out.println("READY " + server.port() + " " + encoded);
                var _ = System.in.read(); // until our starter closes it, or is gone
            }
        }
    }

    /** Whether it ends in good order when it is asked to. */
    boolean ends() throws IOException, InterruptedException {
        process.getOutputStream().close();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** A client that was greeted. */
    Client client() throws IOException {
        return new Client((SSLSocket) trust.getSocketFactory().createSocket("localhost", port));
    }

    /** Speaks lines; what is not heard in some minutes does not come. */
    static final class Client implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Client(SSLSocket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(300_000);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            require("220", answer());
            require("250", say("EHLO client.example"));
        }

        /** The last line of the answer to a command. */
        String say(String command) throws IOException {
            send((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return answer();
        }

        String logIn(int user, String password) throws IOException {
            String plain = "\0user" + user + "@example.org\0" + password;
            byte[] octets = plain.getBytes(StandardCharsets.US_ASCII);
            return say("AUTH PLAIN " + Base64.getEncoder().encodeToString(octets));
        }

        void send(byte[] octets) throws IOException {
            out.write(octets);
            out.flush();
        }

        String answer() throws IOException {
            String line = line();
            while (line.length() > 3 && line.charAt(3) == '-') line = line();
            return line;
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) throw new IOException("the server hung up after " + line);
                if (c != '\r') line.append((char) c);
            }
            return line.toString();
        }

        static void require(String code, String answer) throws IOException {
            if (!answer.startsWith(code)) throw new IOException("not " + code + ": " + answer);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
