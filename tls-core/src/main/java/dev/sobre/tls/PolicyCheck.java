package dev.sobre.tls;

import java.util.List;
import java.util.Optional;

/**
 * Whether a policy can be kept: asked before a server starts, so that no client has to find out.
 */
final class PolicyCheck {
    private PolicyCheck() {}

    /**
     * Checks all of it.
     *
     * @throws IllegalArgumentException in words for whoever wrote the settings
     */
    static void check(TlsSettings settings, List<Identity> identities) {
        objection(settings.policy(), settings.engine())
                .ifPresent(
                        why -> {
                            throw new IllegalArgumentException(why);
                        });
        for (Identity identity : identities) {
            objection(settings.policy(), identity)
                    .ifPresent(
                            why -> {
                                throw new IllegalArgumentException(
                                        "the identity "
                                                + identity.certificate().getSubjectX500Principal()
                                                + " can't be served: "
                                                + why);
                            });
        }
    }

    /** What an engine lacks. */
    static Optional<String> objection(TlsPolicy policy, Engine engine) {
        return switch (engine) {
            case BORINGSSL -> boringSsl(policy);
            case JDK ->
                    JdkEngines.namedGroups(policy).length > 0
                            ? Optional.empty()
                            : Optional.of(
                                    "the JDK has none of the groups "
                                            + policy.groups()
                                            + "; add X25519 or P-256");
        };
    }

    /** What keeps an identity from being served in one of the versions. */
    static Optional<String> objection(TlsPolicy policy, Identity identity) {
        List<String> signs = Signatures.of(identity, policy);
        if (signs.isEmpty()) {
            return Optional.of(
                    "with its "
                            + kind(identity)
                            + " key nothing can be signed under this policy, which allows "
                            + policy.signatures()
                            + "; take an EC key on P-256, or the policy compatible");
        }
        if (policy.versions().contains(TlsPolicy.THREE)
                && signs.stream().noneMatch(Signatures::inThree)) {
            return Optional.of(
                    "TLSv1.3 does not sign with " + signs + "; add one of rsa_pss_rsae_*");
        }
        return policy.versions().contains(TlsPolicy.TWO)
                ? inTwo(policy, identity)
                : Optional.empty();
    }

    private static Optional<String> inTwo(TlsPolicy policy, Identity identity) {
        String authentication = authentication(identity);
        if (policy.suites().stream().noneMatch(suite -> suite.contains(authentication))) {
            return Optional.of(
                    "TLSv1.2 is on, and no cipher suite for its "
                            + kind(identity)
                            + " key; add one whose name has "
                            + authentication);
        }
        // RFC 8422 §5.1: the curve of the certificate is one of the groups, too.
        return Signatures.curve(identity)
                .filter(curve -> !policy.groups().contains(curve))
                .map(
                        curve ->
                                "TLSv1.2 needs the curve of its key, "
                                        + curve
                                        + ", among the groups");
    }

    /** How the suites of TLS 1.2 name the kind of key. */
    static String authentication(Identity identity) {
        return Signatures.curve(identity).isPresent() ? "_ECDSA_" : "_RSA_";
    }

    /** BoringSSL does not let the suites of TLS 1.3 be chosen. */
    private static Optional<String> boringSsl(TlsPolicy policy) {
        boolean some = policy.versions().contains(TlsPolicy.THREE);
        if (!some || policy.suites().containsAll(TlsPolicy.SUITES_OF_THREE))
            return Optional.empty();
        return Optional.of(
                "BoringSSL serves all three suites of TLSv1.3 or none; list "
                        + TlsPolicy.SUITES_OF_THREE
                        + ", or take the JDK's engine (-D"
                        + Engine.PROPERTY
                        + "=jdk)");
    }

    private static String kind(Identity identity) {
        return Signatures.curve(identity).map(curve -> "EC " + curve).orElse("RSA");
    }
}
