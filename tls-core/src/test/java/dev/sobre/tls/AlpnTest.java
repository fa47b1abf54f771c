package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.HandshakeFailure.Code;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Application protocols. RFC 7301. */
class AlpnTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aCommonProtocolIsAgreedOn(Engine engine) throws Exception {
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine));
                var socket = client(server.listen(s -> s.withAlpn("imap")), "pop3", "imap")) {
            socket.startHandshake();
            assertEquals("imap", socket.getApplicationProtocol());
            assertEquals(Optional.of("imap"), server.secured().applicationProtocol());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aClientThatOffersNoneIsServed(Engine engine) throws Exception {
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine));
                var socket = client(server.listen(s -> s.withAlpn("imap")))) {
            socket.startHandshake();
            assertEquals(Optional.empty(), server.secured().applicationProtocol());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whereNoneIsServedTheClientsListIsIgnored(Engine engine) throws Exception {
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine));
                var socket = client(server.listen(), "imap")) {
            socket.startHandshake();
            assertEquals(Optional.empty(), server.secured().applicationProtocol());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aMismatchIsAnsweredWithNoApplicationProtocol(Engine engine) throws Exception {
        try (var server = new Echo(TlsSettings.of(LOCALHOST).withEngine(engine));
                var socket = client(server.listen(s -> s.withAlpn("imap")), "h2", "http/1.1")) {
            var refused = assertThrows(SSLException.class, socket::startHandshake);
            assertTrue(refused.toString().contains("no_application_protocol"), refused.toString());
            HandshakeFailure failure = server.failure();
            assertEquals(Code.NO_COMMON_PROTOCOL, failure.code());
            assertTrue(failure.sentence().contains("h2, http/1.1"), failure.sentence());
        }
    }

    private static SSLSocket client(int port, String... protocols) throws Exception {
        SSLSocket socket = JdkPeer.trusting(LOCALHOST).connect(port);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        return socket;
    }
}
