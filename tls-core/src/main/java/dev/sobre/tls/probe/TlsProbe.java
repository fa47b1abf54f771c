package dev.sobre.tls.probe;

import dev.sobre.tls.CipherSuite;
import dev.sobre.tls.ClientSettings;
import dev.sobre.tls.DialFailed;
import dev.sobre.tls.Dialled;
import dev.sobre.tls.EventLoops;
import dev.sobre.tls.TlsClient;
import dev.sobre.tls.TlsInfo;
import dev.sobre.tls.pki.CertificateFacts;
import dev.sobre.tls.probe.Explanation.Agreed;
import dev.sobre.tls.probe.Explanation.Problem;
import dev.sobre.tls.wire.Alert;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A client that connects only to tell what it saw. Waits, so not for event loops. */
public final class TlsProbe {
    /** Tickets of TLS 1.3 come after the handshake; a server that greets sends them before. */
    private static final long TICKET_MILLIS = 700;

    private final TlsClient client;
    private final InetSocketAddress address;
    private final Explanation unknown;

    private TlsProbe(String host, int port, ProbeOptions options) {
        String serverName = options.serverName().orElse(host);
        this.address = InetSocketAddress.createUnresolved(host, port);
        this.unknown =
                new Explanation(
                        host, port, serverName, Optional.empty(), List.of(), Optional.empty());
        this.client =
                TlsClient.of(
                        ClientSettings.to(serverName)
                                .withTrusted(options.trusted())
                                .withTimeout(options.timeout()));
    }

    /** Connects, once or twice, and tells; never throws for what the network does. */
    public static Explanation explain(String host, int port, ProbeOptions options) {
        return new TlsProbe(host, port, options).run(options.resumption());
    }

    private Explanation run(boolean resumption) {
        var quiet = new Quiet();
        Future<Dialled> first = dial(quiet);
        if (!first.isSuccess()) return failed(first.cause());
        Dialled one = first.getNow();
        if (!resumption) {
            close(one.channel());
            return succeeded(one, Optional.empty(), Optional.empty());
        }
        quiet.awaitFirstBytes(one.channel());
        close(one.channel());
        if (quiet.wantsCertificate()) {
            var problem =
                    new Problem(
                            DialFailed.Code.ALERT,
                            "the server asks for a client certificate and got none (alert"
                                    + " certificate_required)");
            return told(Optional.of(agreed(one)), one.tls().peer(), Optional.of(problem));
        }
        Future<Dialled> second = dial(new Quiet());
        if (!second.isSuccess()) return succeeded(one, Optional.of(false), Optional.empty());
        Dialled two = second.getNow();
        close(two.channel());
        boolean yes = two.tls().resumed();
        return succeeded(
                one, Optional.of(yes), yes ? Optional.of(two.handshake()) : Optional.empty());
    }

    private Future<Dialled> dial(Quiet quiet) {
        return client.dial(
                        address,
                        EventLoops.shared().group().next(),
                        (channel, tls) -> channel.pipeline().addLast(quiet))
                .awaitUninterruptibly();
    }

    private Explanation succeeded(
            Dialled one, Optional<Boolean> resumption, Optional<Duration> again) {
        Agreed agreed = agreed(one, resumption, again);
        return told(Optional.of(agreed), one.tls().peer(), Optional.empty());
    }

    private static Agreed agreed(Dialled one) {
        return agreed(one, Optional.empty(), Optional.empty());
    }

    private static Agreed agreed(
            Dialled one, Optional<Boolean> resumption, Optional<Duration> again) {
        return new Agreed(
                one.tls().version(),
                suite(one.tls()),
                one.tls().group(),
                one.tls().applicationProtocol(),
                one.connect(),
                one.handshake(),
                resumption,
                again);
    }

    private static CipherSuite suite(TlsInfo tls) {
        CipherSuite named = CipherSuite.parse(tls.suite());
        return tls.peer().isEmpty() ? named : named.signedBy(tls.peer().getFirst().getPublicKey());
    }

    private Explanation failed(Throwable cause) {
        if (!(cause instanceof DialFailed failed)) {
            var problem = new Problem(DialFailed.Code.OTHER, String.valueOf(cause.getMessage()));
            return told(Optional.empty(), List.of(), Optional.of(problem));
        }
        var problem = new Problem(failed.code(), failed.sentence());
        return told(Optional.empty(), failed.chain(), Optional.of(problem));
    }

    private Explanation told(
            Optional<Agreed> agreed, List<X509Certificate> chain, Optional<Problem> problem) {
        Instant now = Instant.now();
        return new Explanation(
                unknown.host(),
                unknown.port(),
                unknown.serverName(),
                agreed,
                chain.stream().map(c -> CertificateFacts.of(c, now)).toList(),
                problem);
    }

    private static void close(Channel channel) {
        channel.close().awaitUninterruptibly();
    }

    /** Drops what the server says, and knows when it said something. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        private final io.netty.util.concurrent.Promise<Boolean> spoke =
                EventLoops.shared().group().next().newPromise();
        private volatile boolean wantsCertificate;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            spoke.trySuccess(true);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            spoke.trySuccess(false);
        }

        /** TLS 1.3 refuses a client without a certificate after the handshake. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var alert = Alert.received(String.valueOf(cause.getMessage()));
            wantsCertificate |= alert.equals(Optional.of(Alert.CERTIFICATE_REQUIRED));
            spoke.trySuccess(false);
        }

        boolean wantsCertificate() {
            return wantsCertificate;
        }

        void awaitFirstBytes(Channel channel) {
            if (channel.isActive()) {
                spoke.awaitUninterruptibly(TICKET_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }
}
