package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports that cannot be had, with what to do. */
class BindFailedTest {
    @Test
    void aPortBelow1024NamesTheWaysToAllowIt() {
        var cause = new IOException("bind(..) failed with error(-13): Permission denied");
        var failed =
                BindFailed.of(InetSocketAddress.createUnresolved("mail.example.org", 993), cause);
        assertTrue(failed.toString().contains("port 993"), failed.toString());
        assertTrue(failed.remedy().contains("AmbientCapabilities"), failed.remedy());
        // with capabilities of its own file java does not find its libraries any more
        assertFalse(failed.remedy().contains("setcap"), failed.remedy());
        assertTrue(failed.remedy().contains("ip_unprivileged_port_start=993"), failed.remedy());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, this machine has no such address",
        "nowhere..invalid, this machine has no such address"
    })
    void anAddressOfSomebodyElse(String host, String words) {
        var tls = TlsContext.of(Identity.selfSigned("localhost"));
        var settings =
                ListenerSettings.on(new InetSocketAddress(host, 0)); // a name stays unresolved
        String said = "";
        try {
            TlsListener.bind(settings, tls, (channel, info) -> {}).close();
        } catch (BindFailed failed) {
            said = failed.toString();
        }
        assertTrue(said.contains(words), said);
    }
}
