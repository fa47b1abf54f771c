package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryStatusTest {

    @ParameterizedTest
    @CsvSource({
        "mx.example, 192.0.2.7",
        "[192.0.2.7], 192.0.2.7",
        "[IPv6:2001:db8::7], 2001:db8::7",
        "mx.example, unresolved.example"
    })
    void aServerIsNamedWithoutItsAddress(String name, String address) {
        var at =
                address.endsWith("example")
                        ? InetSocketAddress.createUnresolved(address, 25)
                        : new InetSocketAddress(address, 25);
        var host = new Host(name, at, Security.OPPORTUNISTIC).toString();
        assertEquals(name, DeliveryStatus.remote(host));
    }
}
