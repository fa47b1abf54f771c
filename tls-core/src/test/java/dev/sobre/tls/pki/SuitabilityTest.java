package dev.sobre.tls.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys and chains a server takes. */
class SuitabilityTest {
    private final Instant now = Instant.now();
    private final Authority root;
    private final Authority sub;

    SuitabilityTest() throws Exception {
        root = Authority.root("Root");
        sub = root.sub("Intermediate");
    }

    @Test
    void nothingIsSaidOfWhatIsRight() throws Exception {
        assertEquals(judged(sub.server("mail.example.org")), List.of());
        assertEquals(judged(SelfSigned.of(List.of("localhost"))), List.of());
        var big = Authority.rsa(2048);
        assertEquals(judged(SelfSigned.of(List.of("localhost"), big)), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void takesTheCurvesOfTls(String curve) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        assertEquals(judged(of(generator.generateKeyPair())), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "Ed448"})
    void refusesEdwardsKeysWithTheReason(String kind) throws Exception {
        var pair = KeyPairGenerator.getInstance(kind).generateKeyPair();
        refused(of(pair), "EdDSA, which few mail programs accept", "make an EC P-256 key");
    }

    @Test
    void refusesShortAndBoundRsaKeys() throws Exception {
        refused(of(Authority.rsa(1024)), "only 1024 bits", "RFC 9325 §4.5");
        var generator = KeyPairGenerator.getInstance("RSASSA-PSS");
        generator.initialize(2048);
        refused(of(generator.generateKeyPair()), "RSASSA-PSS");
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws Exception {
        var chain = sub.server("mail.example.org").chain();
        String wrong = "the key does not belong to the certificate";
        refused(new KeyAndChain(Authority.ec().getPrivate(), chain), wrong);
        refused(new KeyAndChain(Authority.rsa(2048).getPrivate(), chain), wrong);
    }

    @Test
    void refusesSha1AnywhereButOnTheRoot() throws Exception {
        var pair = Authority.ec();
        var order = sub.order("CN=a", pair.getPublic()).named("a.example.org");
        refused(sub.chain(pair, sub.sign(order, "SHA1withECDSA")), "SHA1withECDSA", "CN=a");
        var old = root.sign(root.order("CN=Old", pair.getPublic()), "SHA1withECDSA");
        var below = new Authority(pair, old, List.of(root.certificate()));
        refused(below.server("a.example.org"), "the certificate of CN=Old is signed with SHA1");
    }

    @Test
    void warnsOfACommonNameAlone() throws Exception {
        var pair = Authority.ec();
        var leaf = sub.sign(sub.order("CN=mail.example.org", pair.getPublic()));
        warned(sub.chain(pair, leaf), "has no subjectAltName");
    }

    @Test
    void warnsOfTheWrongTime() throws Exception {
        var pair = Authority.ec();
        var day = Duration.ofDays(1);
        warned(
                sub.server(
                        pair, now.minus(day.multipliedBy(9)), now.minus(day.multipliedBy(2)), "a"),
                "2 days ago: clients refuse it");
        warned(
                sub.server(pair, now.plus(day), now.plus(day.multipliedBy(2)), "a"),
                "is not valid before");
    }

    @Test
    void warnsOfAnotherPurpose() throws Exception {
        var pair = Authority.ec();
        var order = sub.order("CN=a", pair.getPublic()).named("a");
        var leaf = sub.sign(order.purpose(KeyPurposeId.id_kp_clientAuth));
        warned(sub.chain(pair, leaf), "lacks serverAuth");
    }

    @Test
    void warnsOfAnIncompleteChainUnlessTheIssuerIsKnownToBeTrusted() throws Exception {
        var server = sub.server("a.example.org");
        var alone = new KeyAndChain(server.key(), List.of(server.certificate()));
        warned(alone, "certificate stands alone, issued by CN=Intermediate");
        assertEquals(List.of(), Suitability.of(alone, List.of(sub.certificate()), now).warnings());
    }

    @Test
    void warnsOfAChainThatDoesNotHangTogether() throws Exception {
        var server = sub.server("a.example.org");
        X509Certificate other = Authority.root("Intermediate").certificate();
        warned(
                new KeyAndChain(server.key(), List.of(server.certificate(), other)),
                "certificate 2 of the chain did not issue the one before it");
    }

    private KeyAndChain of(KeyPair pair) throws Exception {
        return sub.chain(pair, sub.sign(sub.order("CN=a", pair.getPublic()).named("a")));
    }

    private List<String> judged(KeyAndChain keys) {
        var judged = Suitability.of(keys, List.of(), now);
        return java.util.stream.Stream.concat(
                        judged.refusals().stream(), judged.warnings().stream())
                .toList();
    }

    private void refused(KeyAndChain keys, String... reasons) {
        says(Suitability.of(keys, List.of(), now).refusals(), reasons);
    }

    private void warned(KeyAndChain keys, String... reasons) {
        var judged = Suitability.of(keys, List.of(), now);
        assertEquals(List.of(), judged.refusals());
        says(judged.warnings(), reasons);
    }

    private static void says(List<String> said, String... reasons) {
        assertEquals(1, said.size(), said::toString);
        for (String reason : reasons) assertTrue(said.getFirst().contains(reason), said::toString);
    }
}
