package dev.sobre.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sobre.app.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "localhost:993, localhost, 993",
        "mail.example.org, mail.example.org, 465",
        "127.0.0.1:1, 127.0.0.1, 1",
        "[::1]:993, ::1, 993",
        "[2001:db8::1], 2001:db8::1, 465"
    })
    void reads(String text, String host, int port) {
        assertEquals(new HostPort(host, port), HostPort.parse(text, 465));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":993", "host:", "host:0", "host:65536", "host:x", "::1", "a b:1"})
    void refuses(String text) {
        assertThrows(Failure.class, () -> HostPort.parse(text, 465));
    }

    @Test
    void anyFreePortMayBeListenedOn() {
        assertEquals(new HostPort("::1", 0), HostPort.listening("[::1]:0"));
        assertThrows(Failure.class, () -> HostPort.listening("::1"));
    }

    @Test
    void insistsOnAPortWhereNoneIsUsual() {
        assertThrows(Failure.class, () -> HostPort.parse("localhost", -1));
    }
}
