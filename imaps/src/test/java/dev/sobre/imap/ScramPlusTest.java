package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.OneSecret;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SCRAM-SHA-256-PLUS over real TLS: a login is worth nothing on another connection. RFC 9266. */
class ScramPlusTest {

    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));
    private static final String USER = "ann@example.org";

    private final MemoryStore store = MemoryStore.with(USER, "secret");

    private ImapsServer start(Set<String> withheld) {
        var settings = ImapSettings.onLoopback(0).withheld(withheld);
        return ImapsServer.start(settings, TLS, store, new OneSecret(store, USER, "secret"));
    }

    @Test
    void aLoginIsBoundToItsConnection() throws Exception {
        try (var server = start(Set.of());
                var client = new TestClient(server.port());
                var other = new TestClient(server.port())) {
            assertTrue(client.line().contains(" AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256 "));
            other.line();
            String plus = "SCRAM-SHA-256-PLUS";
            String p = "p=tls-exporter,,";
            refused(login(client, plus, p, other.channelBinding()));
            refused(login(client, plus, p, new byte[0]));
            refused(login(client, plus, "n,,", new byte[0]));
            refused(login(client, plus, "p=tls-unique,,", client.channelBinding()));
            granted(login(other, plus, p, other.channelBinding()));
        }
    }

    @Test // RFC 5802 §6
    void whoSaysThatWeCantBindWasDeceived() throws Exception {
        try (var server = start(Set.of());
                var client = new TestClient(server.port())) {
            client.line();
            refused(login(client, "SCRAM-SHA-256", "y,,", new byte[0]));
            refused(login(client, "SCRAM-SHA-256", "p=tls-exporter,,", client.channelBinding()));
            granted(login(client, "SCRAM-SHA-256", "n,,", new byte[0]));
        }
    }

    @Test
    void whereItIsWithheldNobodyIsDeceived() throws Exception {
        try (var server = start(Set.of("AUTH=SCRAM-SHA-256-PLUS"));
                var client = new TestClient(server.port())) {
            assertFalse(client.line().contains("PLUS"));
            assertTrue(
                    client.ask("1 AUTHENTICATE SCRAM-SHA-256-PLUS").getLast().startsWith("1 NO"));
            granted(login(client, "SCRAM-SHA-256", "y,,", new byte[0]));
        }
    }

    private static void refused(String answer) {
        assertTrue(answer.startsWith("a NO [AUTHENTICATIONFAILED]"), answer);
    }

    private static void granted(String answer) {
        assertTrue(answer.startsWith("a OK"), answer);
    }

    /** One exchange; the server's last line. */
    private static String login(TestClient client, String mechanism, String gs2, byte[] binding)
            throws Exception {
        String bare = "n=" + USER + ",r=abcdefgh";
        client.send(
                "a AUTHENTICATE "
                        + mechanism
                        + " "
                        + base64((gs2 + bare).getBytes(UTF_8))
                        + "\r\n");
        String line = client.line();
        if (!line.startsWith("+ ")) return line;
        String first = new String(Base64.getDecoder().decode(line.substring(2)), UTF_8);
        byte[] header = gs2.getBytes(UTF_8);
        byte[] both = new byte[header.length + binding.length];
        System.arraycopy(header, 0, both, 0, header.length);
        System.arraycopy(binding, 0, both, header.length, binding.length);
        String nonce = first.substring(2, first.indexOf(",s="));
        String unproved = "c=" + base64(both) + ",r=" + nonce;
        String last =
                unproved + ",p=" + OneSecret.proof("secret", bare + "," + first + "," + unproved);
        client.send(base64(last.getBytes(UTF_8)) + "\r\n");
        line = client.line();
        if (!line.startsWith("+ ")) return line;
        client.send("\r\n");
        return client.line();
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
