package dev.sobre.tls.lecture;

import static dev.sobre.tls.lecture.LectureTest.assertUsed;
import static dev.sobre.tls.lecture.LectureTest.said;
import static dev.sobre.tls.lecture.LectureTest.secret;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.pki.PemFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The secrets of a lecture beside those that OpenSSL's server wrote into its key log. */
class OldSuitesTest {
    @TempDir static Path work;
    private static OpenSslServer server;

    @BeforeAll
    static void start() throws Exception {
        server = OpenSslServer.start(work, "-cipher", "ALL:@SECLEVEL=0");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theMasterOfAStaticRsaSuite() throws Exception {
        var told = on("TLS_RSA_WITH_AES_128_CBC_SHA");
        String preMaster = secret(told, "pre-master secret");
        assertEquals(96, preMaster.length());
        assertTrue(preMaster.startsWith("0303"), "the version it offered");
        assertEquals(server.logged("CLIENT_RANDOM"), secret(told, "master secret"));
        assertUsed(told, "  client IV", "  server IV"); // no TLS of our time uses these two
        String all = String.join("\n", told.lines());
        assertTrue(all.contains("no forward secrecy"), all);
        assertTrue(all.contains("Six keys"), all);
        assertTrue(!said(told).contains("server ServerKeyExchange"), said(told).toString());
    }

    /** Lengths of the keys in bytes; where there is no such key, 0. */
    @ParameterizedTest
    @CsvSource({
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, 20, 16, 16",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, 48, 32, 16",
        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA, 20, 32, 16",
        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, 0, 16, 4",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, 0, 32, 12",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, 0, 32, 4"
    })
    void keysOfTls12(String suite, int mac, int key, int iv) throws Exception {
        var told = on(suite);
        assertEquals(server.logged("CLIENT_RANDOM"), secret(told, "master secret"));
        if (mac > 0) {
            assertEquals(2 * mac, secret(told, "  server MAC key").length());
            assertEquals(2 * iv, secret(told, "  client IV").length());
            assertUsed(told, "  client IV", "  server IV");
        } else {
            assertEquals(2 * iv, secret(told, "  client nonce").length());
            assertUsed(told);
        }
        assertEquals(2 * key, secret(told, "  client key").length());
    }

    @ParameterizedTest
    @CsvSource({"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"})
    void secretsOfTls13(String suite) throws Exception {
        var told = on(suite);
        assertUsed(told, "resumption master secret");
        logged("CLIENT_HANDSHAKE_TRAFFIC_SECRET", told, "client handshake traffic secret");
        logged("SERVER_HANDSHAKE_TRAFFIC_SECRET", told, "server handshake traffic secret");
        logged("CLIENT_TRAFFIC_SECRET_0", told, "client application traffic secret");
        logged("SERVER_TRAFFIC_SECRET_0", told, "server application traffic secret");
        logged("EXPORTER_SECRET", told, "exporter master secret");
    }

    @Test
    void aSuiteThatNobodyCanSpeakIsRefused() {
        var no = assertThrows(IllegalArgumentException.class, () -> on("TLS_BETTER_WITH_ROT13"));
        assertTrue(String.valueOf(no.getMessage()).contains("IANA name"), no.getMessage());
        assertThrows(IllegalArgumentException.class, () -> on("TLS_PSK_WITH_AES_128_GCM_SHA256"));
        var options = LectureOptions.standard().withVersion("TLSv1.3");
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Lecture.on(
                                "localhost", 1, options.withSuite("TLS_RSA_WITH_AES_128_CBC_SHA")));
    }

    private static Lecture on(String suite) throws Exception {
        var options =
                LectureOptions.standard()
                        .withTrusted(PemFiles.certificates(server.certificate()))
                        .withSuite(suite)
                        .withSecrets();
        var told = Lecture.on("localhost", server.port(), options);
        assertEquals(Optional.empty(), told.problem());
        return told;
    }

    private static void logged(String label, Lecture told, String name) throws Exception {
        assertEquals(server.logged(label), secret(told, name), name);
    }
}
