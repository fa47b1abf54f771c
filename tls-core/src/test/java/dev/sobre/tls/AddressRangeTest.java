package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.128/25, 192.0.2.129, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "::1, ::1, true",
        "unix, 127.0.0.1, false",
    })
    void holdsWhatSharesItsFirstBits(String range, String address, boolean within) {
        var peer = new InetSocketAddress(InetAddress.ofLiteral(address), 1);
        assertEquals(within, AddressRange.of(range).holds(peer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10/8/8", "::/129", "host", "1.2.3.4/"})
    void refusesAllElse(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRange.of(text));
    }
}
