package dev.sobre.tls;

import dev.sobre.tls.wire.ClientHello;
import dev.sobre.tls.wire.ServerFlight;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection from its first byte to the end of its handshake; lives on its event loop. */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    final TlsContext tls;
    final ListenerSettings settings;
    final ServerFlight flight = new ServerFlight();
    private final AlertTap alerts = new AlertTap();
    private final Channel channel;
    private final Traffic traffic;
    private final SessionCounter counter;
    private final Secured service;
    private final Crowd crowd;
    private boolean turnedAway;
    private Optional<WatchTap> watch = Optional.empty();
    private Optional<ClientHello> hello = Optional.empty();
    private @Nullable Future<?> timer;
    private boolean over;
    private int bytes;

    Attempt(
            Channel channel,
            TlsContext tls,
            ListenerSettings settings,
            SessionCounter counter,
            Secured service,
            Crowd crowd) {
        this.channel = channel;
        this.traffic = Traffic.begin(channel);
        this.counter = counter;
        this.tls = tls;
        this.settings = settings;
        this.service = service;
        this.crowd = crowd;
    }

    void begin() {
        timer =
                channel.eventLoop()
                        .schedule(
                                this::timeOut,
                                settings.handshakeTimeout().toMillis(),
                                TimeUnit.MILLISECONDS);
        Peer.is(Peer.connected(channel), channel);
        if (!welcome(crowd.accepted(channel))) return;
        SocketAddress connected = channel.remoteAddress();
        if (settings.admission().proxies().stream().anyMatch(range -> range.holds(connected))) {
            channel.pipeline().addLast("proxy", new ProxyGate(this));
        } else {
            known(Optional.empty());
        }
    }

    /**
     * The client is known: it counts among those from its address, and the handshake may begin.
     *
     * @param proxied whom a proxy speaks for; otherwise it is who connected
     */
    void known(Optional<InetSocketAddress> proxied) {
        proxied.ifPresent(client -> Peer.is(client, channel));
        boolean local =
                proxied.isEmpty() && !(channel.remoteAddress() instanceof InetSocketAddress);
        // Clients of a Unix socket have no addresses to tell them apart.
        if (!local && !welcome(crowd.from(Peer.address(channel).getAddress(), channel))) return;
        channel.pipeline().addLast("wire", new WireSide(traffic));
        watch =
                tls.settings()
                        .watch()
                        .map(w -> new WatchTap(w.begin(settings.name(), Peer.address(channel))));
        watch.ifPresent(tap -> channel.pipeline().addLast(WatchTap.NAME, tap));
        channel.pipeline().addLast("hello", new HelloGate(this));
    }

    private boolean welcome(Crowd.Welcome welcome) {
        if (welcome == Crowd.Welcome.TURNED_AWAY) turnedAway = true;
        if (welcome != Crowd.Welcome.CLOSED) return true;
        end();
        var _ = channel.close();
        return false;
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
        service.begins(engine.engine());
        var lastWord = new LastWord();
        channel.pipeline()
                .addAfter(gate.name(), AlertTap.NAME, alerts)
                .addAfter(AlertTap.NAME, LastWord.NAME, lastWord)
                .addAfter(LastWord.NAME, "flight", new FlightTap(flight))
                .addAfter("flight", "tls", engine)
                .addAfter("tls", "data", new DataSide(engine, lastWord, traffic))
                .addAfter("data", "handshake", new Handshake(this, engine, identity));
        if (tls.settings().engine() == Engine.JDK) {
            channel.pipeline().addAfter(gate.name(), "renegotiation", new RenegotiationGuard());
            channel.pipeline().addAfter("tls", "tickets", new TicketHold(engine));
        }
    }

    void secured(TlsInfo info) {
        if (!end()) return;
        watch.ifPresent(tap -> leave(tap, info));
        counter.count(hello.map(ClientHello::session).orElse(false), info.resumed());
        Appetite.full(channel);
        try {
            if (turnedAway) service.turnedAway(channel, info);
            else service.secured(channel, info);
        } catch (RuntimeException e) {
            LOG.error("{}: the service failed to take a connection", settings.name(), e);
            var _ = channel.close();
        }
    }

    /** Tells the failure, once. */
    void failed(Diagnosis why) {
        if (!end()) return;
        var failure =
                new HandshakeFailure(
                        settings.name(),
                        Peer.address(channel),
                        why.code(),
                        why.sentence(),
                        why.remedy(),
                        hello);
        watch.ifPresent(tap -> tap.failed(failure));
        try {
            tls.settings().failures().accept(failure);
        } catch (RuntimeException e) {
            LOG.error("{}: whoever is told of failures failed", settings.name(), e);
        }
    }

    private void leave(WatchTap tap, TlsInfo info) {
        tap.secured(info);
        channel.pipeline().remove(tap);
    }

    OptionalInt alertInTheClear() {
        return alerts.alert();
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
