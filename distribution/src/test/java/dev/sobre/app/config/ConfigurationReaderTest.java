package dev.sobre.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.sasl.PasswordVerifier.Guesses;
import dev.sobre.tls.AddressRange;
import dev.sobre.tls.Admission;
import dev.sobre.tls.TicketSchedule;
import dev.sobre.tls.TlsPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code sobre.toml} may say, and what is said about the rest. */
class ConfigurationReaderTest {

    @TempDir Path directory;

    private Configuration read(String text) throws IOException, ConfigurationError {
        return ConfigurationReader.read(Files.writeString(directory.resolve("sobre.toml"), text));
    }

    @Test
    void readsBackWhatInitWrites() throws Exception {
        var written = Configuration.standard("example.org", "mail.example.org", 20000);
        assertEquals(written, read(ConfigurationText.of(written)));
    }

    @Test
    void aDomainIsEnough() throws Exception {
        var read = read("domain = \"Example.ORG\"\n");
        assertEquals("example.org", read.domain());
        assertEquals("example.org", read.hostname());
        assertEquals(465, read.listener(Service.SMTPS).port());
        assertEquals(List.of(), read.listener(Service.IMAPS).addresses());
        assertEquals(List.of("127.0.0.1"), read.listener(Service.TELNETS).addresses());
        assertEquals(Optional.empty(), read.log().file());
    }

    @Test
    void aServiceMayHaveUnixSocketsAndProxies() throws Exception {
        var read =
                read(
                        """
                        domain = "a"
                        [imaps]
                        addresses = ["::1", "unix:imaps.sock"]
                        proxy-from = ["10.0.0.0/8", "unix"]
                        """);
        var imaps = read.listener(Service.IMAPS);
        assertEquals(List.of("::1", "unix:imaps.sock"), imaps.addresses());
        assertEquals(List.of(AddressRange.of("10.0.0.0/8"), AddressRange.UNIX), imaps.proxies());
    }

    @Test
    void severalCertificates() throws Exception {
        var read =
                read(
                        """
                        domain = "a"
                        [tls]
                        key-passphrase-file = "pass"
                        ocsp-response = ""
                        [[tls.identity]]
                        certificate = "rsa.pem"
                        key = "rsa.key"
                        ocsp-response = "rsa.ocsp"
                        """);
        var none = Optional.<String>empty();
        assertEquals(
                List.of(
                        new Configuration.Certificate(
                                "tls/server.pem", "tls/server.key", Optional.of("pass"), none),
                        new Configuration.Certificate(
                                "rsa.pem", "rsa.key", none, Optional.of("rsa.ocsp"))),
                read.certificates());
    }

    @Test
    void aServiceSaysHowItsSocketsAreOpened() throws Exception {
        var read =
                read(
                        """
                        domain = "a"
                        [imaps]
                        addresses = ["::1", "unix:imaps.sock"]
                        socket-mode = "0620"
                        reuse-port = true
                        """);
        var imaps = read.listener(Service.IMAPS);
        assertEquals(PosixFilePermissions.fromString("rw--w----"), imaps.socketMode());
        assertTrue(imaps.reusePort());
        var smtps = read.listener(Service.SMTPS);
        assertEquals(Admission.standard().socketMode(), smtps.socketMode());
        assertFalse(smtps.reusePort());
    }

    /** Each: a text (with ~ for a new line), the line that is named, what is accepted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    hostname = "a"                                | 1 | `domain` is missing
                    domain = 5                                    | 1 | names such as "example.org"
                    domain = "a b"                                | 1 | names such as "example.org"
                    domain = "a"~[imaps]~port = "993"             | 3 | whole numbers from 0 to 65535
                    domain = "a"~[imaps]~port = 65536             | 3 | whole numbers from 0 to 65535
                    domain = "a"~[imaps]~addresses = "::1"        | 3 | lists of IP addresses
                    domain = "a"~[imaps]~addresses = ["here"]     | 3 | lists of IP addresses
                    domain = "a"~[imaps]~addresses = ["unix:"]    | 3 | lists of IP addresses
                    domain = "a"~[pop3s]~proxy-from = ["x/2"]     | 3 | "10.0.0.0/8"
                    domain = "a"~~[imap]~port = 1                 | 4 | no setting `imap.port`
                    domain = "a"~[imaps]~message-limit = 999      | 3 | whole numbers from 1000 to 4294967295, 0 for no limit
                    domain = "a"~[imaps]~message-limit = -1       | 3 | whole numbers from 0 to 4294967295
                    domain = "a"~[imaps]~prot = 1                 | 3 | no setting `imaps.prot`
                    domain = "a"~~[log]~level = "loud"            | 4 | "error", "warn", "info", "debug"
                    domain = "a"~[mail]~subaddress-separators = "a" | 3 | characters such as "+"
                    domain = "a"~[store]~backup-folder = 1        | 3 | paths in quotes
                    domain = "a"~[search]~enabled = "yes"         | 3 | true, false
                    domain = "a"~[limits]~message = 1             | 3 | from 65536 to 1073741824
                    domain = "a"~[limits]~connections = 0         | 3 | from 1 to 1000000
                    domain = "a"~[tls]~key = 1                    | 3 | paths in quotes
                    domain = "a"~[[tls.identity]]~certificate = "b" | 2 | `key` is missing
                    domain = "a"~[[tls.identity]]~keys = "b"      | 2 | `certificate` is missing
                    domain = "a"~[[tls.identity]]~certificate = 1 | 3 | paths in quotes
                    domain = "a"~[[tls.identity]]~certificate="b"~key="c"~x=1 | 5 | no setting `x`
                    domain = "a"~[tls]~identity = 1               | 3 | tables, as [[tls.identity]]
                    domain = "a"~[tls]~policy = "old"             | 3 | "modern", "standard", "compatible"
                    domain = "a"~[tls]~policy = 3                 | 3 | "modern", "standard", "compatible"
                    domain = "a"~[tls]~versions = ["TLSv1.1"]     | 3 | TLSv1.1 is no version that may be used; these are: [TLSv1.3, TLSv1.2]
                    domain = "a"~[tls]~versions = "TLSv1.3"       | 3 | ["TLSv1.3", "TLSv1.2"]
                    domain = "a"~[tls]~~groups = ["P-192"]        | 4 | P-192 is no group that may be used; these are: [X25519MLKEM768
                    domain = "a"~[tls]~signatures = ["rsa_pkcs1_sha1"] | 3 | rsa_pkcs1_sha1 is no signature scheme that may be used
                    domain = "a"~[tls]~signatures = []            | 3 | needs a signature scheme; these are
                    domain = "a"~[tls]~suites = ["TLS_RSA_WITH_AES_128_CBC_SHA"] | 3 | TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
                    domain = "a"~[tls]~suites = ["TLS_AES_128_GCM_SHA256"] | 3 | TLSv1.2 is on and has no cipher suite
                    domain = "a"~[tls]~policy = "modern"~suites = ["TLS_AES_128_GCM_SHA256"] | 4 | BoringSSL serves all three
                    domain = "a"~[tls]~policy = "modern"~versions = ["TLSv1.3", "TLSv1.2"] | 4 | TLSv1.2 is on and has no cipher suite
                    domain = "a"~[tls]~ticket-rotation = 12       | 3 | "12h", "30m", "20s"
                    domain = "a"~[tls]~ticket-rotation = "1s"     | 3 | every 12 seconds at most
                    domain = "a"~[tls]~~ticket-lifetime = "13h"   | 4 | twice the time
                    domain = "a"~[tls]~ticket-rotation = "90h"    | 3 | seven days at most
                    domain = "a"~[tls]~ticket-keys = 3          | 3 | "credential:NAME"
                    domain = "a"~[tls]~ticket-keys = ""         | 3 | "credential:NAME"
                    domain = "a"~[tls]~ticket-keys = "credential:" | 3 | a name without slashes
                    domain = "a"~[tls]~ticket-keys = "credential:../x" | 3 | a name without slashes
                    domain = "a"~[tls]~ticket-keys = "credential:.." | 3 | a name without slashes
                    domain = "a"~[imaps]~tickets = "no"         | 3 | true, false
                    domain = "a"~[imaps]~reuse-port = "yes"     | 3 | true, false
                    domain = "a"~[smtps]~withhold = ["AUTH=PLAIN"] | 3 | AUTH=EXTERNAL, AUTH=SCRAM
                    domain = "a"~[imaps]~withhold = "MOVE"      | 3 | lists of names in quotes: ACL
                    domain = "a"~[imaps]~~withhold = ["ID", "CONDSTOR"] | 4 | named CONDSTOR; accepted are lists
                    domain = "a"~[imaps]~withhold = ["IMAP4rev1"] | 3 | CONDSTORE, CONTEXT=SEARCH
                    domain = "a"~[imaps]~addresses=["unix:s"]~socket-mode = 660 | 4 | modes such as "0600"
                    domain = "a"~[imaps]~addresses=["unix:s"]~socket-mode = "0440" | 4 | "0660" (and its group)
                    domain = "a"~[imaps]~socket-mode = "0660" | 3 | the service has no Unix socket; add one
                    domain = "a"~[imaps]~client-certificates = "maybe" | 3 | "none", "optional", "required"
                    domain = "a"~[imaps]~client-certificates = "required" | 3 | `tls.client-ca` does not say who
                    domain = "a"~[tls]~client-ca = 3              | 3 | a path in quotes or a list of them
                    domain = "a"~[tls]~client-depth = 9           | 3 | whole numbers from 0 to 8
                    domain = "a"~[tls.client-map]~"x.y" = "a@b"   | 3 | "sha256:…" (fingerprint)
                    domain = "a"~[tls.client-map]~"dns:y" = "b"   | 3 | mail addresses in quotes
                    domain = "a"~imaps = 3                        | 2 | `imaps`
                    domain = "a"~domain = "b"                     | 2 | domain
                    domain = "a"~]                                | 2 | ]
                    """)
    void namesTheLineAndWhatIsAccepted(String text, int line, String accepted) {
        var error = assertThrows(ConfigurationError.class, () -> read(text.replace('~', '\n')));
        String message = String.valueOf(error.getMessage());
        String place = directory.resolve("sobre.toml") + ":" + line + ": ";
        assertTrue(message.startsWith(place), message);
        assertTrue(message.contains(accepted), message);
    }

    @Test
    void readsTheTlsPolicy() throws Exception {
        assertEquals(TlsPolicy.standard(), policy(""));
        assertEquals(TlsPolicy.modern(), policy("policy = \"modern\""));
        assertEquals(TlsPolicy.modern(), policy("versions = [\"TLSv1.3\"]"));
        assertEquals(
                TlsPolicy.compatible().withGroups("P-256"),
                policy("policy = \"compatible\"\ngroups = [\"P-256\"]"));
        assertEquals(
                TlsPolicy.modern().withVersions("TLSv1.3").withSignatures("ecdsa_secp256r1_sha256"),
                policy("policy = \"modern\"\nsignatures = [\"ecdsa_secp256r1_sha256\"]"));
        var suites = List.of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        var two =
                policy(
                        "policy = \"modern\"\nversions = [\"TLSv1.2\"]\nsuites = [\""
                                + suites.getFirst()
                                + "\"]");
        assertEquals(List.of("TLSv1.2"), two.versions());
        assertEquals(suites, two.suites());
    }

    @Test
    void readsWhatBeginsASubaddress() throws Exception {
        assertEquals("+", read("domain = \"a\"").mail().subaddressSeparators());
        for (String some : List.of("", "-", "+-")) {
            String text = "domain = \"a\"\n[mail]\nsubaddress-separators = \"" + some + "\"";
            assertEquals(some, read(text).mail().subaddressSeparators());
        }
    }

    @Test
    void theStoreHasAFolderSizesAndASync() throws Exception {
        var standard = read("domain = \"a\"").store();
        assertEquals("store", standard.folder());
        assertFalse(standard.relaxed());
        var store =
                read("""
                domain = "a"
                [store]
                folder = "/srv/mail"
                sync = "relaxed"
                segment-size = 1048576
                block-cache = 2097152
                write-buffer = 3145728
                index-rows = 5
                """)
                        .store();
        assertEquals("/srv/mail", store.folder());
        assertTrue(store.relaxed());
        assertEquals(1 << 20, store.segmentSize());
        assertEquals(2 << 20, store.blockCache());
        assertEquals(3 << 20, store.writeBuffer());
        assertEquals(5, store.indexRows());
    }

    @Test
    void aSyncIsOneOfTwo() {
        var e =
                assertThrows(
                        ConfigurationError.class,
                        () -> read("domain = \"a\"\n[store]\nsync = \"never\""));
        assertTrue(String.valueOf(e.getMessage()).contains("\"durable\", \"relaxed\""));
    }

    @Test
    void readsWhereBackupsGo() throws Exception {
        assertEquals(Optional.empty(), read("domain = \"a\"").store().backupFolder());
        String text = "domain = \"a\"\n[store]\nbackup-folder = \"/var/b\"";
        assertEquals(Optional.of("/var/b"), read(text).store().backupFolder());
    }

    @Test
    void readsWhatSmtpDoesNotOffer() throws Exception {
        assertEquals(Set.of(), read("domain = \"a\"").smtp().withheld());
        String text =
                "domain = \"a\"\n[smtps]\nwithhold = [\"auth=login\", \"AUTH=SCRAM-SHA-256\"]";
        assertEquals(Set.of("login", "SCRAM-SHA-256"), read(text).smtp().withheld());
    }

    @Test
    void readsWhatImapDoesNotAnnounce() throws Exception {
        assertEquals(Set.of(), read("domain = \"a\"").imap().withheld());
        String text = "domain = \"a\"\n[imaps]\nwithhold = [\"condstore\", \"AUTH=LOGIN\"]";
        assertEquals(Set.of("condstore", "AUTH=LOGIN"), read(text).imap().withheld());
        assertFalse(read(text).imap().compression());
        assertTrue(read("domain = \"a\"\n[imaps]\ncompress = true").imap().compression());
    }

    @Test
    void readsHowManyMessagesAnImapCommandMayProcess() throws Exception {
        String text = "domain = \"a\"\n[imaps]\nmessage-limit = ";
        assertEquals(0, read("domain = \"a\"").imap().messagesAtOnce());
        assertEquals(0, read(text + 0).imap().messagesAtOnce());
        assertEquals(1000, read(text + 1000).imap().messagesAtOnce());
    }

    @Test
    void readsWhetherTextsAreIndexed() throws Exception {
        assertTrue(read("domain = \"a\"").search().enabled());
        assertFalse(read("domain = \"a\"\n[search]\nenabled = false").search().enabled());
    }

    @Test
    void readsWhetherScramIsSpoken() throws Exception {
        assertFalse(read("domain = \"a\"").login().scram());
        assertTrue(read("domain = \"a\"\n[login]\nscram = true").login().scram());
    }

    @Test
    void readsHowManyWrongPasswordsMayCome() throws Exception {
        assertEquals(Guesses.standard(), read("domain = \"a\"").login().guesses());
        String text =
                "domain = \"a\"\n[login]\nwrong-passwords = 3\nwrong-passwords-within = \"1h\"";
        assertEquals(new Guesses(3, Duration.ofHours(1)), read(text).login().guesses());
    }

    @Test
    void readsTheScheduleOfTicketKeys() throws Exception {
        String text =
                """
                domain = "a"
                [tls]
                ticket-keys = "credential:tickets"
                ticket-rotation = "30m"
                ticket-lifetime = "5h"
                """;
        var tickets = read(text).tickets();
        var schedule = new TicketSchedule(Duration.ofMinutes(30), Duration.ofHours(5));
        assertEquals(schedule, tickets.schedule());
        assertEquals(Optional.of("tickets"), tickets.credential());
    }

    @Test
    void readsWhoMayVouchForClients() throws Exception {
        var read =
                read(
                        """
                        domain = "a"
                        [pop3s]
                        client-certificates = "optional"
                        [tls]
                        client-ca = ["one.pem", "two.pem"]
                        client-crl = "one.crl"
                        client-depth = 0
                        [tls.client-map]
                        "dns:laptop.example.org" = "ann@example.org"
                        "subject:CN=Ann,O=Example" = "ann@example.org"
                        """);
        assertEquals(ClientCertificates.OPTIONAL, read.listener(Service.POP3S).clients());
        assertEquals(ClientCertificates.NONE, read.listener(Service.IMAPS).clients());
        assertEquals(List.of("one.pem", "two.pem"), read.clients().authorities());
        assertEquals(List.of("one.crl"), read.clients().revoked());
        assertEquals(0, read.clients().depth());
        assertEquals("ann@example.org", read.clients().names().get("dns:laptop.example.org"));
        assertEquals(2, read.clients().names().size());
    }

    private TlsPolicy policy(String lines) throws Exception {
        return read("domain = \"a\"\n[tls]\n" + lines + "\n").policy();
    }

    @Test
    void aFileThatIsNotThereOrNotText() throws IOException {
        Path absent = directory.resolve("absent.toml");
        assertThrows(ConfigurationError.class, () -> ConfigurationReader.read(absent));
        Path latin1 = directory.resolve("latin1.toml");
        Files.write(latin1, new byte[] {'d', '=', '"', (byte) 0xff, '"'});
        assertThrows(ConfigurationError.class, () -> ConfigurationReader.read(latin1));
    }

    @Test
    void mailMayLeaveByASmarthost() throws Exception {
        var read =
                read(
                        """
                        domain = "a"
                        [relay]
                        way = "smarthost"
                        host = "smtp.example.net"
                        security = "starttls"
                        user = "ann"
                        password-file = "relay.password"
                        ca = ""
                        dns = ["192.0.2.53", "2001:db8::53"]
                        expires = "48h"
                        warn = "1h"
                        connections = 7
                        connections-per-destination = 2
                        [dkim]
                        keys = ["dkim/example.org/s1-rsa.key"]
                        """);
        var relay = read.relay();
        assertEquals(Relaying.Way.SMARTHOST, relay.way());
        assertEquals(
                new Smarthost(
                        "smtp.example.net",
                        587,
                        true,
                        Optional.of("ann"),
                        Optional.of("relay.password"),
                        Optional.empty()),
                relay.smarthost());
        assertEquals(List.of("192.0.2.53", "2001:db8::53"), relay.nameServers());
        assertEquals(Duration.ofDays(2), relay.expires());
        assertEquals(Duration.ofHours(1), relay.warn());
        assertEquals(List.of(7, 2), List.of(relay.connections(), relay.perDestination()));
        assertEquals(List.of("dkim/example.org/s1-rsa.key"), relay.dkimKeys());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "way = \"smarthost\" | relay.host",
                "way = \"pigeon\" | accepted values are \"direct\"",
                "way = \"smarthost\"\\nhost = \"a b\" | :4:",
                "user = \"ann\" | relay.password-file",
                "dns = [\"ns.example.org\"] | relay.dns",
                "dns = [\"192.0.2.53:53\"] | relay.dns",
                "dns = [\"[2001:db8::53]:53\"] | relay.dns",
                "warn = \"0s\" | relay.warn",
                "[dkim]\\nkeys = [\"s1.key\"] | dkim.keys",
            })
    void whatTheRelayCantDoIsSaid(String lines, String words) {
        String text = "domain = \"a\"\n[relay]\n" + lines.replace("\\n", "\n");
        var error = assertThrows(ConfigurationError.class, () -> read(text));
        assertTrue(String.valueOf(error.getMessage()).contains(words), error.getMessage());
    }
}
