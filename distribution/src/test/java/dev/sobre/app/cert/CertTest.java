package dev.sobre.app.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.tls.pki.Passphrase;
import dev.sobre.tls.pki.PemFiles;
import dev.sobre.tls.pki.SigningRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands about keys and certificates, as somebody uses them one after the other. */
class CertTest {

    @TempDir Path home;

    @Test
    void makesAKeyForItsOwnerAlone() throws Exception {
        String said = Run.good("key --out " + at("a.key"));
        assertTrue(said.contains("a new p256 key") && said.contains("sobre cert request"), said);
        assertFalse(said.contains("PRIVATE"), said);
        assertEquals("EC", PemFiles.key(home.resolve("a.key")).getAlgorithm());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("a.key"))));
    }

    @Test
    void locksAKeyWithAPassphraseFromAFile() throws Exception {
        Files.writeString(home.resolve("pass"), "green and blue\n");
        for (String form : List.of("", " --traditional --force")) {
            Run.good(
                    "key --type rsa-2048 --passphrase-file "
                            + at("pass")
                            + " --out "
                            + at("a.key")
                            + form);
            assertEquals(
                    form.isEmpty(),
                    Files.readString(home.resolve("a.key")).contains("BEGIN ENCRYPTED"));
            assertTrue(PemFiles.locked(home.resolve("a.key")));
            var green = Optional.of(Passphrase.of("green and blue"));
            assertEquals("RSA", PemFiles.key(home.resolve("a.key"), green).getAlgorithm());
            String said = Run.bad("request --key " + at("a.key") + " a.example.org");
            assertTrue(said.contains("--passphrase-file"), said);
            Run.good(
                    "request --key "
                            + at("a.key")
                            + " --passphrase-file "
                            + at("pass")
                            + " a.example.org");
        }
    }

    @Test
    void overwritesNothing() throws Exception {
        Files.writeString(home.resolve("a.key"), "precious");
        String said = Run.bad("key --out " + at("a.key"));
        assertTrue(said.contains("is there already") && said.contains("--force"), said);
        assertEquals("precious", Files.readString(home.resolve("a.key")));
        said = Run.bad("key --force --out " + home);
        assertTrue(said.contains("no ordinary file"), said);
        said = Run.bad("key --out " + at("no/a.key"));
        assertTrue(said.contains("there is no directory"), said);
        Run.good("key --force --out " + at("a.key"));
        for (String words :
                List.of("self-signed --out " + at("a.key"), "request --out " + at("a.key"))) {
            said = Run.bad(words + " --key " + at("a.key") + " a.example.org");
            assertTrue(said.contains("is there already"), said);
        }
        assertEquals("EC", PemFiles.key(home.resolve("a.key")).getAlgorithm());
    }

    @Test
    void asksForACertificate() throws Exception {
        Run.good("key --out " + at("a.key"));
        String pem =
                Run.good("request --key " + at("a.key") + " --subject O=Example a.example.org");
        Files.writeString(home.resolve("printed.pem"), pem);
        assertEquals("O=Example", SigningRequest.read(home.resolve("printed.pem")).subject());
        Run.good(
                "request --key "
                        + at("a.key")
                        + " --out "
                        + at("r.pem")
                        + " a.example.org 192.0.2.7");
        var request = SigningRequest.read(home.resolve("r.pem"));
        assertEquals("CN=a.example.org", request.subject());
        assertEquals(List.of("a.example.org", "192.0.2.7"), request.names());
        assertTrue(
                Run.bad("request --key " + at("a.key") + " a..b").contains("neither a DNS name"));
        assertTrue(
                Run.bad("request --key " + at("r.pem") + " a.b").contains("holds no private key"));
        String subject = Run.bad("request --key " + at("a.key") + " --subject Example a.b");
        assertTrue(subject.contains("write it as CN="), subject);
    }

    @Test
    void hasAnAuthorityOfItsOwn() throws Exception {
        Run.good("ca create --dir " + at("ca") + " example.org");
        String ca = " --dir " + at("ca");
        assertTrue(Run.bad("ca create" + ca + " example.org").contains("authority already"));
        Run.good(
                "ca issue"
                        + ca
                        + " --key "
                        + at("a.key")
                        + " --out "
                        + at("a.pem")
                        + " a.example.org");
        var first = PemFiles.read(home.resolve("a.pem"), home.resolve("a.key"));
        Run.good("ca renew" + ca + " " + at("a.pem"));
        var second = PemFiles.read(home.resolve("a.pem"), home.resolve("a.key"));
        assertEquals(first.certificate().getPublicKey(), second.certificate().getPublicKey());
        assertFalse(first.certificate().equals(second.certificate()));
        Run.good("request --key " + at("a.key") + " --out " + at("r.pem") + " b.example.org");
        Run.good("ca issue" + ca + " --request " + at("r.pem") + " --out " + at("b.pem"));
        assertEquals(
                "CN=b.example.org",
                PemFiles.certificates(home.resolve("b.pem"))
                        .getFirst()
                        .getSubjectX500Principal()
                        .getName());
        String outside =
                Run.bad(
                        "ca issue"
                                + ca
                                + " --key "
                                + at("a.key")
                                + " --out "
                                + at("c.pem")
                                + " example.com");
        assertTrue(outside.contains("may not vouch for"), outside);
        assertFalse(Files.exists(home.resolve("c.pem")));
        assertTrue(
                Run.bad("ca renew --dir " + home + " " + at("a.pem"))
                        .contains("no certificate authority"));
    }

    @Test
    void makesASelfSignedCertificate() throws Exception {
        Run.good("key --out " + at("a.key"));
        String said =
                Run.good(
                        "self-signed --days 1095 --key "
                                + at("a.key")
                                + " --out "
                                + at("a.pem")
                                + " a.example.org");
        assertTrue(said.contains("refuse more than 397 days"), said);
        PemFiles.read(home.resolve("a.pem"), home.resolve("a.key"));
        assertTrue(
                Run.bad(
                                "self-signed --force --days 0 --key "
                                        + at("a.key")
                                        + " --out "
                                        + at("a.pem")
                                        + " a")
                        .contains("--days"));
    }

    @Test
    void showsWhatAFileHolds() throws Exception {
        Run.good("key --out " + at("a.key"));
        Run.good("request --key " + at("a.key") + " --out " + at("r.pem") + " a.example.org");
        Run.good("self-signed --key " + at("a.key") + " --out " + at("a.pem") + " a.example.org");
        String said = Run.good("show " + at("a.pem"));
        assertTrue(said.contains("CN=a.example.org") && said.contains("396 days left"), said);
        said = Run.good("show " + at("r.pem"));
        assertTrue(said.contains("request") && said.contains("a.example.org"), said);
        said = Run.good("show " + at("a.key"));
        assertTrue(said.contains("EC 256"), said);
        var secret =
                ((java.security.interfaces.ECPrivateKey) PemFiles.key(home.resolve("a.key")))
                        .getS();
        String json = Run.good("show --json " + at("a.key"));
        assertTrue(json.contains("\"kind\":\"key\"") && json.contains("\"locked\":false"), json);
        for (String text : List.of(said, json)) {
            assertFalse(text.contains(secret.toString(16)) || text.contains(secret.toString()));
        }
        json = Run.good("show --json " + at("a.pem"));
        assertTrue(json.contains("\"daysLeft\":396") && json.contains("\"fingerprint\""), json);
    }

    @Test
    void checksWhatAServerWouldShow() throws Exception {
        Run.good("ca create --dir " + at("ca") + " example.org");
        Run.good(
                "ca issue --dir "
                        + at("ca")
                        + " --key "
                        + at("a.key")
                        + " --out "
                        + at("a.pem")
                        + " a.example.org");
        String all = "check --key " + at("a.key") + " --ca " + at("ca/ca.pem") + " " + at("a.pem");
        String said = Run.good(all + " --name a.example.org");
        assertTrue(said.startsWith("good: CN=a.example.org for a.example.org, 396 days"), said);
        said = Run.bad(all + " --name b.example.org");
        assertTrue(
                said.contains("wrong: it is not for b.example.org") && said.contains("to do: "),
                said);
        String json = Run.bad(all + " --json --name b.example.org");
        assertTrue(json.contains("\"good\":false") && json.contains("\"code\":\"NAME\""), json);
        assertTrue(Run.bad("check " + at("a.pem")).contains("--ca"));
        Files.setPosixFilePermissions(
                home.resolve("a.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(Run.bad(all).contains("chmod 600"));
    }

    /** The recipes of the guide, in its order, but what needs an authority's answer comes last. */
    @Test
    void doesWhatTheGuideSays() throws Exception {
        var lines =
                Files.readAllLines(Path.of("..", "docs", "tls.md")).stream()
                        .filter(line -> line.startsWith("sobre cert "))
                        .map(line -> line.substring("sobre cert ".length()))
                        .toList();
        assertEquals(7, lines.size(), lines.toString());
        for (String line : lines) if (!line.startsWith("check")) Run.good(here(line));
        for (String line : lines) {
            if (!line.startsWith("check")) continue;
            String said = Run.bad(here(line)); // our own authority answered, for one name
            assertTrue(said.contains("not for imap.example.org") && said.contains("--ca"), said);
        }
    }

    private String here(String line) {
        String files = line.replaceAll("[a-z]+[.](key|pem)", home + "/$0");
        return files.replace("--dir ca", "--dir " + at("ca"));
    }

    @Test
    void everyCommandHasAnExample() {
        examples(new CommandLine(new Cert()));
    }

    private static void examples(CommandLine line) {
        assertTrue(line.getUsageMessage().contains("Example: "), line.getCommandName());
        line.getSubcommands().values().forEach(CertTest::examples);
    }

    private String at(String name) {
        return home.resolve(name).toString();
    }
}
