package dev.sobre.tls;

import dev.sobre.tls.wire.ClientHello;
import dev.sobre.tls.wire.Numbers;
import java.util.List;

/** What a client and a policy have in common: asked when an engine found nothing. */
record Common(ClientHello hello, TlsPolicy policy, Identity identity) {

    boolean version() {
        return both(Numbers.TLS_1_3, "TLSv1.3") || both(Numbers.TLS_1_2, "TLSv1.2");
    }

    boolean suite() {
        boolean three = both(Numbers.TLS_1_3, "TLSv1.3");
        return hello.suites().stream()
                .map(Numbers::suite)
                .filter(policy.suites()::contains)
                .anyMatch(name -> isThree(name) ? three : fits(name));
    }

    /**
     * A hello without the list leaves the choice to the server (RFC 8422 §4), but in TLS 1.2 only.
     */
    boolean group() {
        List<Integer> offered = hello.groups();
        return offered.isEmpty()
                ? both(Numbers.TLS_1_2, "TLSv1.2")
                : offered.stream().map(Numbers::group).anyMatch(policy.groups()::contains);
    }

    boolean signature() {
        return Signatures.usable(identity, policy, hello.signatureSchemes());
    }

    private boolean both(int number, String name) {
        return hello.offers(number) && policy.versions().contains(name);
    }

    private boolean fits(String suite) {
        return both(Numbers.TLS_1_2, "TLSv1.2")
                && suite.contains(PolicyCheck.authentication(identity));
    }

    private static boolean isThree(String suite) {
        return !suite.contains("_WITH_");
    }
}
