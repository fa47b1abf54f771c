package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The snippet at the start of the README. */
class SnippetTest {
    @Test
    void greetsOverTls() throws Exception {
        var identity = Identity.selfSigned("localhost");
        var tls = TlsContext.of(identity);
        try (var listener =
                TlsListener.bind(
                        ListenerSettings.loopback(0),
                        tls,
                        (channel, info) -> {
                            var hello = "hello by " + info.version() + "\n";
                            channel.writeAndFlush(Unpooled.copiedBuffer(hello, US_ASCII))
                                    .addListener(ChannelFutureListener.CLOSE);
                        })) {
            try (var socket = JdkPeer.trusting(identity).connect(listener.port())) {
                var heard = socket.getInputStream().readAllBytes();
                assertEquals("hello by TLSv1.3\n", new String(heard, StandardCharsets.US_ASCII));
            }
        }
    }
}
