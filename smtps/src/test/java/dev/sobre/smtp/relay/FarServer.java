package dev.sobre.smtp.relay;

import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.SelfSigned;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that answers as a test wants. To each command it says what {@link #says} makes of
 * it; {@code ""} ends the connection. The end of a message is the command {@code "."}, the
 * connection's beginning is {@code "<connect>"}.
 */
final class FarServer implements AutoCloseable {

    private final ServerSocket socket;
    private final UnaryOperator<String> says;
    final KeyAndChain keys;
    final List<String> commands = new CopyOnWriteArrayList<>();
    final List<String> messages = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    FarServer(UnaryOperator<String> says) throws IOException {
        this.says = says;
        this.keys = SelfSigned.of(List.of("mx.far.example", "localhost", TwoAddresses.NAME));
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** What a server says that takes all mail; {@code extensions} are lines of EHLO. */
    static UnaryOperator<String> friendly(String... extensions) {
        return command ->
                switch (command.split("[ :]")[0]) {
                    case "<connect>" -> "220 far.example ready";
                    case "EHLO" -> {
                        var text = new StringBuilder("250-far.example");
                        for (String each : extensions) text.append("\r\n250-").append(each);
                        yield text.append("\r\n250 8BITMIME").toString();
                    }
                    case "DATA" -> "354 go on";
                    case "STARTTLS" -> "220 begin";
                    case "QUIT" -> "221 bye";
                    default -> "250 2.0.0 OK";
                };
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            Socket now = plain;
            InputStream in = new BufferedInputStream(now.getInputStream());
            OutputStream out = now.getOutputStream();
            if (!say(out, "<connect>")) return;
            for (String line = line(in); line != null; line = line(in)) {
                commands.add(line);
                String said = says.apply(line);
                if (said.isEmpty()) return;
                write(out, said + "\r\n");
                if (line.equals("DATA") && said.startsWith("354")) {
                    String message = message(in);
                    if (message == null) return;
                    messages.add(message);
                    if (!say(out, ".")) return;
                } else if (line.equals("STARTTLS") && said.startsWith("220")) {
                    var tls = tls(plain);
                    commands.add("<tls>");
                    in = new BufferedInputStream(tls.getInputStream());
                    out = tls.getOutputStream();
                }
            }
        } catch (IOException e) {
            commands.add("<broken>");
        }
    }

    private boolean say(OutputStream out, String command) throws IOException {
        String said = says.apply(command);
        if (!said.isEmpty()) write(out, said + "\r\n");
        return !said.isEmpty();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) return null;
            if (c != '\r') line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static @Nullable String message(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (String line = line(in); line != null; line = line(in)) {
            if (line.equals(".")) return text.toString();
            text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return null;
    }

    private SSLSocket tls(Socket plain) throws IOException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "far", keys.key(), new char[0], keys.chain().toArray(Certificate[]::new));
            var factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            var tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, false);
            tls.setUseClientMode(false);
            tls.startHandshake();
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
