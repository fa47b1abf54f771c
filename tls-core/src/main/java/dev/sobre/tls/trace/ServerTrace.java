package dev.sobre.tls.trace;

import dev.sobre.tls.HandshakeFailure;
import dev.sobre.tls.HandshakeWatch;
import dev.sobre.tls.TlsInfo;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Tells each handshake of a server in one block: what the wire showed, and at its end what the
 * engine says was agreed on. Encrypted records stay closed. At most {@value #MOST_PER_SECOND}
 * blocks a second; of more, only how many.
 */
public final class ServerTrace implements HandshakeWatch {
    static final int MOST_PER_SECOND = 50;

    private final Consumer<String> blocks;
    private final AtomicLong second = new AtomicLong();
    private final AtomicInteger told = new AtomicInteger();

    private ServerTrace(Consumer<String> blocks) {
        this.blocks = blocks;
    }

    /**
     * Hands over each block, lines with line feeds between.
     *
     * @param blocks called on event loops, must not wait for long
     */
    public static ServerTrace to(Consumer<String> blocks) {
        return new ServerTrace(blocks);
    }

    /** Writes each block into the log, at level info. */
    public static ServerTrace toLog() {
        var log = LoggerFactory.getLogger(ServerTrace.class);
        return to(log::info);
    }

    @Override
    public Watched begin(String listener, SocketAddress peer) {
        return new Connection(listener + " " + peer);
    }

    private void tell(String block) {
        long now = System.nanoTime() / 1_000_000_000;
        long before = second.getAndSet(now);
        int skipped = before == now ? 0 : told.getAndSet(0) - MOST_PER_SECOND;
        if (skipped > 0) blocks.accept(skipped + " more handshakes were not told");
        if (told.incrementAndGet() <= MOST_PER_SECOND) blocks.accept(block);
    }

    /** One connection; on its event loop. */
    private final class Connection implements Watched {
        private final Narrator narrator = Narrator.ofTheWire();
        private final String who;
        private List<String> end = List.of("The connection ended.");
        private boolean over;

        Connection(String who) {
            this.who = who;
        }

        @Override
        public void received(ByteBuf bytes) {
            narrator.wire(Side.CLIENT, bytes);
        }

        @Override
        public void sent(ByteBuf bytes) {
            narrator.wire(Side.SERVER, bytes);
        }

        @Override
        public void secured(TlsInfo info) {
            end = agreed(info);
            gone();
        }

        @Override
        public void failed(HandshakeFailure failure) {
            end =
                    List.of(
                            "Failed: [" + failure.code() + "] " + failure.sentence(),
                            "What to do: " + failure.remedy());
        }

        @Override
        public void gone() {
            if (over) return;
            over = true;
            var lines = new ArrayList<String>();
            lines.add("TLS handshake, " + who);
            lines.add("");
            lines.addAll(narrator.story().lines());
            lines.add("");
            lines.addAll(end);
            tell(String.join("\n", lines));
        }

        private static List<String> agreed(TlsInfo info) {
            var lines = new ArrayList<String>();
            lines.add(
                    "The engine: "
                            + info.version()
                            + ", "
                            + info.suite()
                            + info.group().map(group -> ", " + group).orElse("")
                            + (info.resumed() ? ", resumed" : ", a full handshake"));
            info.serverName().ifPresent(name -> lines.add("  for the name " + name));
            info.applicationProtocol().ifPresent(name -> lines.add("  for the protocol " + name));
            return lines;
        }
    }
}
