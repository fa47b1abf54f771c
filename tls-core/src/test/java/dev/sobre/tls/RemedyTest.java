package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.HandshakeFailure.Code;
import dev.sobre.tls.wire.BadHello;
import dev.sobre.tls.wire.ClientHello;
import dev.sobre.tls.wire.HelloReader;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads of a failure is told what to do next, whatever failed. Lesson 16. */
class RemedyTest {
    private static final Identity LOCALHOST = Identity.selfSigned("localhost");

    @Test
    void aFailureWithoutARemedyCannotBeMade() {
        assertThrows(
                IllegalArgumentException.class, () -> new Diagnosis(Code.OTHER, "it failed", " "));
        var client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new HandshakeFailure(
                                "imaps", client, Code.OTHER, "it failed", "", Optional.empty()));
    }

    static Stream<Diagnosis> causes() throws BadHello {
        ClientHello hello = new HelloReader().read(Unpooled.wrappedBuffer(hello())).orElseThrow();
        return Stream.of(
                        IntStream.range(0, 256).mapToObj(n -> ClientAlert.of(n, hello, LOCALHOST)),
                        Misconduct.all(),
                        Stream.of(
                                Diagnosis.of(BadHello.malformed("it is")),
                                Diagnosis.timeout(Optional.empty(), 0),
                                Diagnosis.timeout(Optional.empty(), 1),
                                Diagnosis.timeout(Optional.of(hello), 1),
                                Diagnosis.closed(0),
                                Diagnosis.closed(1),
                                Diagnosis.noProtocol(List.of("http/1.1"), List.of("imap")),
                                because(new IOException("reset"), hello),
                                because(new SSLException("a riddle"), hello)))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void eachCauseHasOne(Diagnosis cause) {
        assertTrue(cause.remedy().length() > 15, cause.toString());
        assertTrue(cause.remedy().length() < 130, "short enough to be read: " + cause);
        assertFalse(cause.remedy().endsWith("."), "the end of one line: " + cause);
    }

    @Test
    void theManualExplainsEachCode() throws IOException {
        String manual = Files.readString(Path.of("../docs/tls.md"));
        for (Code code : Code.values()) {
            assertTrue(manual.contains("`" + code + "`"), code + " is not in docs/tls.md");
        }
    }

    private static Diagnosis because(Exception cause, ClientHello hello) {
        return Diagnosis.of(cause, hello, TlsPolicy.standard(), LOCALHOST, OptionalInt.empty());
    }

    private static byte[] hello() {
        return RawHello.tls13().record();
    }
}
