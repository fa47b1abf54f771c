package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.IdentityEvent.Code;
import dev.sobre.tls.pki.Authority;
import dev.sobre.tls.pki.KeyAndChain;
import dev.sobre.tls.pki.Ocsp;
import dev.sobre.tls.pki.Openssl;
import dev.sobre.tls.pki.PemFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OCSP responses from a file, stapled to handshakes. RFC 6960, RFC 6066 §8, RFC 8446 §4.4.2.1. */
class StapleTest {
    private final List<IdentityEvent> events = new ArrayList<>();
    private final Authority root;
    private final Authority authority;
    private final KeyAndChain server;
    private Instant now = Instant.now();
    @TempDir Path home;

    StapleTest() throws Exception {
        root = Authority.root("Root");
        authority = root.sub("Intermediate");
        server = authority.server("mail.example.org");
    }

    @BeforeEach
    void write() throws Exception {
        PemFiles.write(home.resolve("chain.pem"), home.resolve("key.pem"), server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void opensslSeesAndBelievesIt(String version) throws Exception {
        response(good().bytes());
        var openssl = new Openssl(home);
        PemFiles.write(
                home.resolve("root.pem"),
                home.resolve("unused"),
                new KeyAndChain(root.keys().getPrivate(), List.of(root.certificate())));
        var watch = watch();
        try (var echo = new Echo(TlsSettings.of(watch.identities()))) {
            String asked =
                    "s_client -status -verify_return_error -CAfile root.pem -servername mail.example.org"
                            + " -connect 127.0.0.1:"
                            + echo.listen()
                            + " "
                            + version;
            String said = openssl.run(asked);
            assertTrue(said.contains("OCSP Response Status: successful"), said);
            assertTrue(said.contains("Cert Status: good"), said);
            now = now.plus(Duration.ofDays(8)); // and stale
            assertTrue(watch.look(echo.tls()));
            String later = openssl.run(asked);
            assertTrue(later.contains("OCSP response: no response sent"), later);
        }
        assertEquals(List.of(Code.SERVED, Code.STAPLED, Code.NOT_STAPLED), codes());
        assertTrue(events.getLast().sentence().contains("goes stale"), events::toString);
    }

    @Test
    void takesWhatOpensslOcspMakes() throws Exception {
        var openssl = new Openssl(home);
        PemFiles.write(
                home.resolve("ca.pem"),
                home.resolve("ca.key"),
                new KeyAndChain(authority.keys().getPrivate(), List.of(authority.certificate())));
        String serial = server.certificate().getSerialNumber().toString(16);
        serial = serial.length() % 2 == 0 ? serial : "0" + serial;
        Files.writeString(
                home.resolve("index.txt"),
                "V\t491231235959Z\t\t"
                        + serial.toUpperCase(java.util.Locale.ROOT)
                        + "\tunknown\t/CN=x\n");
        openssl.run("ocsp -issuer ca.pem -cert chain.pem -no_nonce -reqout request.der");
        openssl.run(
                "ocsp -index index.txt -CA ca.pem -rsigner ca.pem -rkey ca.key -ndays 3"
                        + " -reqin request.der -respout ocsp.der");
        watch();
        assertEquals(List.of(Code.SERVED, Code.STAPLED), codes());
    }

    @Test
    void takesPemAndADelegatedResponder() throws Exception {
        var responder = authority.responder(KeyPurposeId.id_kp_OCSPSigning);
        byte[] der = good().by(responder).bytes();
        Files.writeString(
                home.resolve("ocsp.der"),
                "-----BEGIN OCSP RESPONSE-----\n"
                        + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END OCSP RESPONSE-----\n");
        watch();
        assertEquals(List.of(Code.SERVED, Code.STAPLED), codes());
    }

    @Test
    void refusesWhatProvesNothing() throws Exception {
        var day = Duration.ofDays(1);
        refused("cannot read", null);
        refused(
                "is no OCSP response",
                "rubbish".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        byte[] good = good().bytes();
        byte[] cut = java.util.Arrays.copyOf(good, good.length - 40);
        refused("is no OCSP response", cut);
        var other = authority.server("other.example.org").certificate();
        refused("does not speak of the certificate", new Ocsp(authority, other, now).bytes());
        var stranger = root.sub("Intermediate"); // of the same name
        refused("does not speak of", new Ocsp(stranger, server.certificate(), now).bytes());
        refused(
                "its signature is not of the certificate's issuer",
                good().by(
                                new KeyAndChain(
                                        stranger.keys().getPrivate(),
                                        List.of(authority.certificate())))
                        .bytes());
        refused(
                "may not sign OCSP responses",
                good().by(authority.responder(KeyPurposeId.id_kp_serverAuth)).bytes());
        refused(
                "no certificate of the issuer",
                good().by(root.responder(KeyPurposeId.id_kp_OCSPSigning)).bytes());
        refused("does not know the certificate", good().says(new UnknownStatus()).bytes());
        refused(
                "went stale on",
                good().time(now.minus(day.multipliedBy(9)), now.minus(day)).bytes());
        refused(
                "of a time to come",
                good().time(now.plus(day), now.plus(day.multipliedBy(2))).bytes());
        refused("has no nextUpdate", good().time(now.minus(day), null).bytes());
        refused("is larger than 64 KiB", new byte[70_000]);
    }

    @Test
    void aNewFileIsTakenAndABrokenOneKeepsTheOld() throws Exception {
        response(good().bytes());
        var watch = watch();
        var tls = TlsContext.of(TlsSettings.of(watch.identities()));
        Files.writeString(home.resolve("ocsp.der"), "half");
        assertFalse(watch.look(tls));
        assertTrue(watch.look(tls));
        assertTrue(tls.identities().getFirst().staple().isPresent());
        assertEquals(List.of(Code.SERVED, Code.STAPLED, Code.NOT_STAPLED), codes());
        assertTrue(events.getLast().sentence().contains("stapled on, until"), events::toString);
        var until =
                now.plus(Duration.ofDays(20)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        response(good().time(now.minusSeconds(9), until).bytes());
        assertTrue(watch.look(tls));
        assertEquals(until, tls.identities().getFirst().staple().orElseThrow().until());
    }

    @Test
    void aRevokedCertificateIsAnAlarmAndNoStaple() throws Exception {
        response(good().bytes());
        var watch = watch();
        var tls = TlsContext.of(TlsSettings.of(watch.identities()));
        response(good().says(new RevokedStatus(java.util.Date.from(now), 1)).bytes());
        watch.look(tls);
        watch.look(tls);
        assertTrue(tls.identities().getFirst().staple().isEmpty());
        assertEquals(List.of(Code.SERVED, Code.STAPLED, Code.REVOKED), codes());
    }

    private void refused(String why, byte @org.jspecify.annotations.Nullable [] bytes)
            throws Exception {
        events.clear();
        if (bytes != null) response(bytes);
        var watch = watch();
        watch.look(TlsContext.of(TlsSettings.of(watch.identities())));
        assertEquals(List.of(Code.SERVED, Code.NOT_STAPLED), codes(), why);
        assertTrue(events.getLast().sentence().contains(why), events::toString);
        assertTrue(watch.identities().getFirst().staple().isEmpty());
    }

    private Ocsp good() {
        return new Ocsp(authority, server.certificate(), now);
    }

    private void response(byte[] der) throws Exception {
        Files.write(home.resolve("ocsp.der"), der);
    }

    private IdentityWatch watch() throws Exception {
        var files =
                IdentityFiles.of(home.resolve("chain.pem"), home.resolve("key.pem"))
                        .withOcsp(home.resolve("ocsp.der"));
        return IdentityWatch.of(List.of(files), events::add, () -> now);
    }

    private List<Code> codes() {
        return events.stream().map(IdentityEvent::code).toList();
    }
}
