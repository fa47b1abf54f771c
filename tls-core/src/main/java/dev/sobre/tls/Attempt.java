package dev.sobre.tls;

import dev.sobre.tls.wire.ClientHello;
import dev.sobre.tls.wire.ServerFlight;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection from its first byte to the end of its handshake; lives on its event loop. */
final class Attempt {
    private static final Logger log = LoggerFactory.getLogger(Attempt.class);

    final TlsContext tls;
    final ListenerSettings settings;
    final ServerFlight flight = new ServerFlight();
    private final Channel channel;
    private final SessionCounter counter;
    private final Secured service;
    private Optional<ClientHello> hello = Optional.empty();
    private @Nullable Future<?> timer;
    private boolean over;
    private int bytes;

    Attempt(
            Channel channel,
            TlsContext tls,
            ListenerSettings settings,
            SessionCounter counter,
            Secured service) {
        this.channel = channel;
        this.counter = counter;
        this.tls = tls;
        this.settings = settings;
        this.service = service;
    }

    void begin() {
        timer =
                channel.eventLoop()
                        .schedule(
                                this::timeOut,
                                settings.handshakeTimeout().toMillis(),
                                TimeUnit.MILLISECONDS);
        channel.pipeline().addLast("hello", new HelloGate(this));
    }

    void received(int count) {
        bytes = count;
    }

    /** Puts the engine behind the gate, for the identity that the hello asks for. */
    void engine(ChannelHandlerContext gate, ClientHello offered) {
        hello = Optional.of(offered);
        Served served = tls.served();
        Identity identity = served.choose(offered);
        var engine = served.engines(identity, settings).engine(channel, identity);
        engine.setHandshakeTimeoutMillis(0); // our own timer runs since the connection
        channel.pipeline()
                .addAfter(gate.name(), LastWord.NAME, new LastWord())
                .addAfter(LastWord.NAME, "flight", new FlightTap(flight))
                .addAfter("flight", "tls", engine)
                .addAfter("tls", "handshake", new Handshake(this, engine, identity));
        if (tls.settings().engine() == Engine.JDK) {
            channel.pipeline().addAfter(gate.name(), "renegotiation", new RenegotiationGuard());
        }
    }

    void secured(TlsInfo info) {
        if (!end()) return;
        counter.count(hello.map(ClientHello::session).orElse(false), info.resumed());
        try {
            service.secured(channel, info);
        } catch (RuntimeException e) {
            log.error("{}: the service failed to take a connection", settings.name(), e);
            var _ = channel.close();
        }
    }

    /** Tells the failure, once. */
    void failed(Diagnosis why) {
        if (!end()) return;
        var failure =
                new HandshakeFailure(
                        settings.name(),
                        channel.remoteAddress(),
                        why.code(),
                        why.sentence(),
                        why.remedy(),
                        hello);
        try {
            tls.settings().failures().accept(failure);
        } catch (RuntimeException e) {
            log.error("{}: whoever is told of failures failed", settings.name(), e);
        }
    }

    Optional<ClientHello> hello() {
        return hello;
    }

    int bytes() {
        return bytes;
    }

    private void timeOut() {
        failed(Diagnosis.timeout(hello, bytes));
        var _ = channel.close();
    }

    private boolean end() {
        if (over) return false;
        over = true;
        if (timer != null) timer.cancel(false);
        return true;
    }
}
