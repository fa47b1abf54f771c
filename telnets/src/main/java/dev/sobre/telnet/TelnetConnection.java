package dev.sobre.telnet;

import dev.sobre.line.Farewell;
import dev.sobre.line.Limits;
import dev.sobre.line.LineConnection;
import dev.sobre.line.SessionEnded;
import dev.sobre.line.Wait;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A connection that speaks TELNET: keys come in, text goes out, options are negotiated between. */
final class TelnetConnection {

    private static final int CHUNK = 1024;
    private static final int SEND = 1; // RFC 1091: asks for the terminal's type
    private static final int IS = 0;
    private static final int LONGEST_TYPE = 40; // RFC 1091, and RFC 1010's list of names
    private static final Set<Integer> OURS = Set.of(Code.ECHO, Code.SUPPRESS_GO_AHEAD, Code.BINARY);
    private static final Set<Integer> THEIRS =
            Set.of(Code.SUPPRESS_GO_AHEAD, Code.BINARY, Code.WINDOW_SIZE, Code.TERMINAL_TYPE);

    private final LineConnection connection;
    private final Limits limits;
    private final long born = System.nanoTime();
    private final TelnetDecoder decoder = new TelnetDecoder();
    private final Keys keys = new Keys();
    private final Options options = new Options(OURS, THEIRS);
    private byte[] chunk = new byte[0];
    private int next;
    private boolean loggedIn;
    private int width = 80;
    private String type = "";

    TelnetConnection(LineConnection connection, Limits limits) {
        this.connection = connection;
        this.limits = limits;
    }

    /** Offers and asks for what we like (RFC 857, RFC 858, RFC 1073, RFC 1091). */
    void negotiate() throws IOException {
        say(options.offer(Code.ECHO, true));
        say(options.offer(Code.SUPPRESS_GO_AHEAD, true));
        say(options.request(Code.SUPPRESS_GO_AHEAD, true));
        say(options.request(Code.WINDOW_SIZE, true));
        say(options.request(Code.TERMINAL_TYPE, true));
    }

    /** Whether the client leaves the echo to us, so that we may draw its line. */
    boolean echoes() {
        return options.ours(Code.ECHO);
    }

    int width() {
        return width;
    }

    /** What the client calls its terminal, in lower case; empty where it did not say. */
    String terminalType() {
        return type;
    }

    void loggedIn(String user) {
        loggedIn = true;
        connection.loggedIn(user);
    }

    /** Whether there is an octet to take without waiting. */
    boolean hasInput() throws IOException {
        return next < chunk.length || connection.hasInput();
    }

    /** Sends what was written and waits for input. */
    void await() throws IOException {
        Wait end = Wait.WOKEN;
        while (end == Wait.WOKEN) end = connection.await(patience());
        if (end == Wait.TIMED_OUT) {
            throw new SessionEnded(loggedIn ? Farewell.IDLE : Farewell.LOGIN_TOO_SLOW);
        }
    }

    /** Takes an octet; the key that it completes, if it does. */
    Optional<Key> keyOfNextOctet() throws IOException {
        return switch (decoder.take(octet()).orElse(null)) {
            case null -> Optional.empty();
            case Heard.Data data -> keys.take(data.octet());
            case Heard.Command command -> command(command.code());
            case Heard.Negotiation said -> {
                negotiation(said);
                yield Optional.empty();
            }
            case Heard.Subnegotiation said -> {
                subnegotiation(said);
                yield Optional.empty();
            }
        };
    }

    /** Sends text as it is. */
    void write(String text) throws IOException {
        connection.write(text); // UTF-8 has no octet 255, so nothing needs an IAC
    }

    void flush() throws IOException {
        connection.flush();
    }

    private int octet() throws IOException {
        if (next == chunk.length) {
            ByteBuffer input = connection.input();
            chunk = new byte[Math.min(input.remaining(), CHUNK)];
            input.get(chunk);
            connection.consume(chunk.length);
            next = 0;
        }
        return chunk[next++] & 0xff;
    }

    private Duration patience() {
        return loggedIn
                ? limits.idleTime()
                : limits.loginTime().minusNanos(System.nanoTime() - born);
    }

    private Optional<Key> command(int code) throws IOException {
        return switch (code) {
            case Code.IP, Code.BRK -> Optional.of(Key.Action.INTERRUPT);
            case Code.EC -> Optional.of(Key.Action.BACKSPACE);
            case Code.EL -> Optional.of(Key.Action.CUT_TO_START);
            case Code.AYT -> {
                write("\r\n[yes]\r\n"); // RFC 854 p. 13: some visible evidence
                yield Optional.of(Key.Action.REDRAW);
            }
            default -> Optional.empty();
        };
    }

    private void negotiation(Heard.Negotiation said) throws IOException {
        boolean hadType = options.theirs(Code.TERMINAL_TYPE);
        say(options.heard(said));
        if (!hadType && options.theirs(Code.TERMINAL_TYPE)) {
            octets(Code.IAC, Code.SB, Code.TERMINAL_TYPE, SEND, Code.IAC, Code.SE);
        }
    }

    private void subnegotiation(Heard.Subnegotiation said) {
        ByteBuffer parameters = said.parameters();
        // What was not agreed on is not listened to; RFC 1572's environment never is.
        if (!options.theirs(said.option())) return;
        switch (said.option()) {
            case Code.WINDOW_SIZE -> {
                if (parameters.remaining() != 4) return;
                int columns = parameters.getShort() & 0xffff;
                width = columns == 0 ? 80 : Math.clamp(columns, 20, 500); // RFC 1073: 0 is unknown
            }
            case Code.TERMINAL_TYPE -> {
                if (!parameters.hasRemaining() || parameters.get() != IS) return;
                type = typeOf(StandardCharsets.US_ASCII.decode(parameters).toString());
            }
            default -> {
                // the others have no parameters
            }
        }
    }

    private static String typeOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() <= LONGEST_TYPE && lower.matches("[a-z0-9+._/-]+") ? lower : "";
    }

    private void say(Optional<Heard.Negotiation> answer) throws IOException {
        if (answer.isPresent()) connection.write(answer.get().octets());
    }

    private void octets(int... octets) throws IOException {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) bytes[i] = (byte) octets[i];
        connection.write(bytes);
    }
}
