package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sobre.tls.pki.CertificateFacts;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For whom a client's certificate stands. */
class ClientNamesTest {

    private static X509Certificate certificate(GeneralName... names) throws Exception {
        var wish = ClientAuthority.wish("x@y").withSubject("O=Example,CN=Ann").withNames(names);
        return ClientAuthority.root("CN=Clients").issue(wish).certificate();
    }

    @Test
    void theMailAddressesThatStandInIt() throws Exception {
        var ann = new GeneralName(GeneralName.rfc822Name, "ann@example.org");
        var host = new GeneralName(GeneralName.dNSName, "laptop.example.org");
        var mail = ClientAuthority.international("j\u00fcrgen@example.org");
        assertEquals(
                List.of("ann@example.org", "j\u00fcrgen@example.org"),
                ClientNames.asWritten().of(certificate(ann, host, mail, ann)));
        assertEquals(List.of(), ClientNames.asWritten().of(certificate(host)));
        assertEquals(List.of(), ClientNames.asWritten().of(certificate()));
    }

    @Test
    void aTableCountsBeforeThem() throws Exception {
        var own = certificate(new GeneralName(GeneralName.rfc822Name, "Ann@old.example"));
        String print = CertificateFacts.of(own, Instant.EPOCH).fingerprint();
        for (String key :
                List.of(
                        "sha256:" + print,
                        "SHA256:" + print.replace(":", "").toLowerCase(java.util.Locale.ROOT),
                        "subject: cn=ann,  O=Example",
                        "email:ann@old.example")) {
            var names = ClientNames.of(Map.of(key, "ann@example.org", "dns:other", "x@y"));
            assertEquals(List.of("ann@example.org"), names.of(own), key);
        }
        var other = ClientNames.of(Map.of("subject:CN=Ann", "ann@example.org"));
        assertEquals(List.of("Ann@old.example"), other.of(own));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", "sha256:", "sha256:00", "subject:Ann", "ip:192.0.2.1"})
    void anotherKeyIsRefused(String key) {
        assertThrows(
                IllegalArgumentException.class, () -> ClientNames.of(Map.of(key, "a@example.org")));
    }

    @Test
    void internationalAddressesDoNotSlipThroughConstraints() throws Exception {
        var ca = ClientAuthority.constrained("CN=Clients", "example.org");
        var mail = ClientAuthority.international("j\u00fcrgen@elsewhere.example");
        var own = ca.issue(ClientAuthority.wish("x@y").withNames(mail)).chain();
        var check = new ClientCheck(ClientTrust.of(List.of(ca.certificate())), Instant.now());
        assertThrows(ClientRefused.class, () -> check.path(own.toArray(X509Certificate[]::new)));
    }
}
