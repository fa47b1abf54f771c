package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsClientProtocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that finish their handshake and then send, without end, what costs the server work and
 * brings it nothing.
 */
class FloodTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");
    private static final int RECORDS = 200_000;

    /** As many as one read from the socket may bring, beyond those that are let pass. */
    private static final int MOST_TAKEN =
            WireSide.RECORDS_WITHOUT_DATA + 1 + 65_536 / (5 + 1 + 1 + 16);

    /** Netty's bound for what is not writable, and one read's answers. */
    private static final int MOST_WAITING = 1 << 20;

    /** Something that a client sends again and again. */
    interface Again {
        void send(Attacker attacker) throws IOException;
    }

    record Flood(String name, ProtocolVersion version, Again again) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Arguments> floods() {
        return Stream.of(
                        new Flood("KeyUpdates", ProtocolVersion.TLSv13, Attacker::keyUpdate),
                        new Flood("empty records", ProtocolVersion.TLSv13, Attacker::empty),
                        new Flood("empty, TLS 1.2", ProtocolVersion.TLSv12, Attacker::empty),
                        new Flood("warnings", ProtocolVersion.TLSv13, Attacker::warn),
                        new Flood("warnings, TLS 1.2", ProtocolVersion.TLSv12, Attacker::warn))
                .flatMap(
                        flood ->
                                Stream.of(Engine.values())
                                        .map(engine -> Arguments.of(flood, engine)));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void isEndedAndHurtsNobodyElse(Flood flood, Engine engine) throws Exception {
        BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();
        var tls = TlsContext.of(TlsSettings.of(LOCALHOST).withEngine(engine));
        Secured service =
                (channel, info) -> {
                    channels.add(channel);
                    channel.pipeline().addLast(new Echoing());
                };
        try (var listener = TlsListener.bind(ListenerSettings.loopback(0), tls, service);
                var other = JdkPeer.trusting(LOCALHOST).connect(listener.port());
                var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            assertEquals("before", JdkPeer.echoed(other, "before"));
            channels.take();
            var attacker = new Attacker(socket);
            attacker.connect(client(flood.version));
            Channel attacked = channels.poll(10, TimeUnit.SECONDS);
            assertThrows(IOException.class, () -> send(flood, attacker));
            assertTrue(attacked.closeFuture().await(10, TimeUnit.SECONDS));
            long taken = Traffic.of(attacked).recordsIn();
            assertTrue(taken > 32, flood + " never came");
            assertTrue(taken <= MOST_TAKEN, flood + " took " + taken + " records");
            assertEquals("and after", JdkPeer.echoed(other, "and after"));
        }
    }

    /** Reads nothing of what is answered. */
    private static void send(Flood flood, Attacker attacker) throws IOException {
        for (int i = 0; i < RECORDS; i++) flood.again.send(attacker);
    }

    /** Data now and then make such a run look honest; the answers would pile up here. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void answersThatNobodyReadsAreBounded(Engine engine) throws Exception {
        BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();
        var tls = TlsContext.of(TlsSettings.of(LOCALHOST).withEngine(engine));
        Secured service =
                (channel, info) -> {
                    channels.add(channel);
                    channel.pipeline().addLast(new Silent());
                };
        try (var listener = TlsListener.bind(ListenerSettings.loopback(0), tls, service);
                var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(listener.addresses().getFirst());
            var attacker = new Attacker(socket);
            attacker.connect(client(ProtocolVersion.TLSv13));
            Channel attacked = channels.poll(10, TimeUnit.SECONDS);
            int some = engine == Engine.JDK ? RECORDS : RECORDS / 10;
            for (int i = 0; i < some && attacked.isOpen(); i++) {
                try {
                    if (i % 20 == 0) attacker.writeApplicationData(new byte[1], 0, 1);
                    attacker.keyUpdate();
                } catch (IOException e) {
                    break; // the server ended it
                }
                assertTrue(waiting(attacked) < MOST_WAITING, "the answers pile up");
            }
            // BoringSSL answers the next time that it has something to say.
            if (engine == Engine.JDK) {
                assertTrue(attacked.closeFuture().await(10, TimeUnit.SECONDS));
            } else {
                assertTrue(Traffic.of(attacked).recordsOut() < 10);
            }
        }
    }

    private static long waiting(Channel channel) {
        var out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    private static BouncyPeer client(ProtocolVersion version) {
        int[] suites = {
            CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
        };
        return new BouncyPeer(version, suites, List.of(NamedGroup.secp256r1));
    }

    /** Opens to a test what Bouncy Castle keeps for its own use. */
    static final class Attacker extends TlsClientProtocol {
        Attacker(Socket socket) throws IOException {
            super(socket.getInputStream(), socket.getOutputStream());
        }

        /** RFC 8446 §4.6.3: update_requested, so that each is to be answered. */
        void keyUpdate() throws IOException {
            send13KeyUpdate(true);
        }

        void empty() throws IOException {
            safeWriteRecord(ContentType.application_data, new byte[0], 0, 0);
        }

        void warn() throws IOException {
            raiseAlertWarning(AlertDescription.user_canceled, "again");
        }
    }

    private static final class Echoing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            var _ = ctx.writeAndFlush(bytes);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close();
        }
    }

    private static final class Silent extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            ReferenceCountUtil.release(bytes);
        }
    }
}
