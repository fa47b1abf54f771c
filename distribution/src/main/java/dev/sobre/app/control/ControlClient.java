package dev.sobre.app.control;

import dev.sobre.app.admin.Caller;
import dev.sobre.app.control.Frame.Kind;
import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import dev.sobre.line.Terminal;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** The command line's end of the control socket. */
public final class ControlClient implements AutoCloseable {

    private final SocketChannel channel;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to the server that runs on a home; nothing when none answers. */
    public static Optional<ControlClient> connect(Home home) {
        if (!Files.exists(home.controlSocket())) return Optional.empty();
        try (var path = ShortPath.of(home)) {
            return Optional.of(
                    new ControlClient(SocketChannel.open(UnixDomainSocketAddress.of(path.path()))));
        } catch (IOException e) {
            return Optional.empty(); // a server that was killed leaves its socket behind
        }
    }

    /** Has the server run a command for this caller; returns its exit code. */
    public int run(List<String> words, Caller caller) {
        var terminal = caller.terminal();
        try {
            var in = new DataInputStream(Channels.newInputStream(channel));
            var out = new DataOutputStream(Channels.newOutputStream(channel));
            var input = caller.input();
            var here = caller.file("");
            new Request(terminal.width(), terminal.interactive(), input.length(), here, words)
                    .frame()
                    .write(out);
            while (true) {
                var frame = Frame.read(in);
                switch (frame.kind()) {
                    case PRINT -> terminal.print(frame.text());
                    case COMPLAIN -> caller.complain(frame.text());
                    case STATUS -> terminal.status(frame.text());
                    case ASK, ASK_SECRET -> answer(frame, terminal).write(out);
                    case MORE ->
                            new Frame(Kind.DATA, input.octets().readNBytes(32 << 10)).write(out);
                    case EXIT -> {
                        return Integer.parseInt(frame.text());
                    }
                    case RUN, LINE, END, DATA -> throw new IOException("out of order");
                }
            }
        } catch (EOFException e) {
            throw new Failure("the server stopped before it answered; its log may tell why", e);
        } catch (IOException | NumberFormatException e) {
            throw new Failure("talking to the running server failed: " + e.getMessage(), e);
        }
    }

    private static Frame answer(Frame question, Terminal terminal) {
        try {
            String answer =
                    question.kind() == Kind.ASK
                            ? terminal.ask(question.text())
                            : terminal.askSecret(question.text());
            return Frame.of(Kind.LINE, answer);
        } catch (IOException nobodyThere) {
            return Frame.of(Kind.END, "");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Failure("the control socket did not close: " + e.getMessage(), e);
        }
    }
}
