package dev.sobre.app.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A mail server that counts which mail came to whom, and is at times out of humour: it puts a
 * recipient off, hangs up before the end of a mail, or after it and before its answer. A copy is
 * confirmed when its sender goes on to say something after the 250.
 */
final class CountingServer implements AutoCloseable {

    private static final int MOOD = 7; // prime, so that no mail meets the same mood each time

    private final ServerSocket socket;
    private final AtomicLong commands = new AtomicLong();
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final Set<String> again = ConcurrentHashMap.newKeySet();

    CountingServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What has come, as number and recipient. */
    Set<String> arrived() {
        return arrived;
    }

    /** What has come again although it had been confirmed. */
    Set<String> again() {
        return again;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                client.setTcpNoDelay(true); // answers to what is pipelined are small
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var in =
                        new BufferedReader(
                                new InputStreamReader(client.getInputStream(), US_ASCII));
                var out = new PrintStream(client.getOutputStream(), true, US_ASCII)) {
            new Talk(in, out).run();
        } catch (IOException e) {
            // killed, as it is meant to be
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

    /** One connection. */
    private final class Talk {

        private final BufferedReader in;
        private final PrintStream out;
        private final List<String> recipients = new ArrayList<>();
        private List<String> answered = List.of();

        Talk(BufferedReader in, PrintStream out) {
            this.in = in;
            this.out = out;
        }

        void run() throws IOException {
            say("220 far.example ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                confirmed.addAll(answered);
                answered = List.of();
                switch (line.split("[ :]")[0]) {
                    case "EHLO" -> say("250-far.example\r\n250 PIPELINING");
                    case "RCPT" -> recipient(line.replaceAll(".*<|>.*", ""));
                    case "DATA" -> {
                        if (!message()) return;
                    }
                    case "QUIT" -> {
                        say("221 bye");
                        return;
                    }
                    default -> {
                        recipients.clear();
                        say("250 OK");
                    }
                }
            }
        }

        private void recipient(String address) {
            if (commands.incrementAndGet() % MOOD == 0) {
                say("450 4.7.1 later");
            } else {
                recipients.add(address);
                say("250 OK");
            }
        }

        private boolean message() throws IOException {
            if (commands.incrementAndGet() % MOOD == 1) return false;
            say("354 go on");
            String subject = "";
            for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
                if (line == null) return false;
                if (line.startsWith("Subject: ")) subject = line.substring(9);
            }
            List<String> copies = new ArrayList<>();
            for (String each : recipients) copies.add(subject + " " + each);
            for (String copy : copies) {
                arrived.add(copy);
                if (confirmed.contains(copy)) again.add(copy);
            }
            if (commands.incrementAndGet() % MOOD == 2) return false;
            say("250 2.0.0 it is here");
            answered = copies;
            return true;
        }

        private void say(String text) {
            out.print(text + "\r\n");
            out.flush();
        }
    }
}
