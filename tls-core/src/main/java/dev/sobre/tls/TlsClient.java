package dev.sobre.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.lang.ref.Cleaner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * The other direction: connects to a server by TLS, checks its certificate, and remembers its
 * sessions. One per server name; all ports of that server share the sessions.
 */
public final class TlsClient {
    private static final Cleaner CLEANER = Cleaner.create();

    /** Sessions are kept by name alone, so the port that the engine is told stays the same. */
    private static final int ANY_PORT = 1;

    private final ClientSettings settings;
    private final SslContext context;

    private TlsClient(ClientSettings settings, SslContext context) {
        this.settings = settings;
        this.context = context;
        CLEANER.register(this, () -> ReferenceCountUtil.release(context));
    }

    public static TlsClient of(ClientSettings settings) {
        try {
            return new TlsClient(settings, context(settings));
        } catch (SSLException e) {
            throw new IllegalArgumentException("the TLS settings do not work: " + e, e);
        }
    }

    /**
     * Connects.
     *
     * @param to where; a name is looked up on a thread of its own and its addresses tried in turn
     * @param loop where the connection shall live
     * @param service takes over the connection, on the loop, before the future is told
     * @return fails with {@link DialFailed}
     */
    public Future<Dialled> dial(InetSocketAddress to, EventLoop loop, Secured service) {
        Promise<Dialled> promise = loop.newPromise();
        if (to.isUnresolved()) {
            Thread.ofVirtual().name("resolve").start(() -> resolve(to, loop, service, promise));
        } else {
            connect(List.of(to), loop, service, promise);
        }
        return promise;
    }

    private void resolve(
            InetSocketAddress to, EventLoop loop, Secured service, Promise<Dialled> promise) {
        try {
            var found =
                    Arrays.stream(InetAddress.getAllByName(to.getHostString()))
                            .map(address -> new InetSocketAddress(address, to.getPort()))
                            .toList();
            connect(found, loop, service, promise);
        } catch (UnknownHostException e) {
            promise.setFailure(DialDiagnosis.unknownHost(to.getHostString(), e));
        }
    }

    /** Tries the first address, and the others when nothing is there. */
    private void connect(
            List<InetSocketAddress> to, EventLoop loop, Secured service, Promise<Dialled> promise) {
        long start = System.nanoTime();
        ChannelFuture connected =
                new Bootstrap()
                        .group(loop)
                        .channel(EventLoops.shared().client())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(settings.connectTimeout().toMillis()))
                        .handler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        begin(channel, start, service, promise);
                                    }
                                })
                        .connect(to.getFirst());
        var _ =
                connected.addListener(
                        done -> {
                            if (done.isSuccess()) return;
                            if (to.size() > 1) {
                                connect(to.subList(1, to.size()), loop, service, promise);
                            } else {
                                promise.tryFailure(
                                        DialDiagnosis.connect(to.getFirst(), done.cause()));
                            }
                        });
    }

    /**
     * Begins TLS on a connection that was plain so far (STARTTLS). Nothing that came before may be
     * left over: to be called on the channel's event loop, with no handlers in its pipeline.
     *
     * @return fails with {@link DialFailed}
     */
    public Future<Dialled> secure(Channel channel, Secured service) {
        Promise<Dialled> promise = channel.eventLoop().newPromise();
        begin(channel, System.nanoTime(), service, promise);
        return promise;
    }

    private void begin(Channel channel, long start, Secured service, Promise<Dialled> promise) {
        SslHandler engine = context.newHandler(channel.alloc(), settings.serverName(), ANY_PORT);
        engine.setHandshakeTimeoutMillis(settings.handshakeTimeout().toMillis());
        if (settings.engine() == Engine.JDK) {
            var parameters = engine.engine().getSSLParameters();
            parameters.setNamedGroups(JdkEngines.namedGroups(settings.policy()));
            engine.engine().setSSLParameters(parameters);
        }
        if (engine.engine() instanceof ReferenceCountedOpenSslEngine boring) {
            KeyLog.watch(boring, channel);
        }
        service.begins(engine.engine());
        new DialAttempt(engine, settings.serverName(), start, service, promise)
                .addTo(channel.pipeline());
    }

    private static SslContext context(ClientSettings settings) throws SSLException {
        boolean boring = settings.engine() == Engine.BORINGSSL;
        var builder =
                SslContextBuilder.forClient()
                        .sslProvider(boring ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                        .trustManager(
                                settings.anyCertificate()
                                        ? new AnyCertificate()
                                        : PeerCheck.of(settings.trusted(), settings.serverName()))
                        .endpointIdentificationAlgorithm(settings.anyCertificate() ? null : "HTTPS")
                        .protocols(settings.policy().versions())
                        .ciphers(settings.policy().suites(), SupportedCipherSuiteFilter.INSTANCE)
                        .applicationProtocolConfig(Engines.alpn(settings.alpn()));
        if (boring) {
            builder.option(
                    OpenSslContextOption.GROUPS, settings.policy().groups().toArray(String[]::new));
        }
        SslContext context = builder.build();
        if (context instanceof ReferenceCountedOpenSslContext open) KeyLog.of(open);
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setTicketKeys(); // without any: lets a TLS 1.2 client take tickets
        }
        return context;
    }
}
