package dev.sobre.tls.lecture;

import java.util.List;

/** Why there are as many keys as there are. */
final class Remarks {
    private static final List<String> CBC =
            List.of(
                    "Six keys: CBC only encrypts, so each direction has a key for the cipher and",
                    "another for the MAC; and each had an IV in TLS 1.0. Since TLS 1.1 every record",
                    "carries an IV of its own, chosen at random (RFC 5246 6.2.3.2), because whoever",
                    "could foretell the IV could test guesses of what was said (BEAST).");

    private static final List<String> STREAM =
            List.of(
                    "Four keys: a stream cipher has no IV; each direction has a key for the cipher",
                    "and another for the MAC.");

    private static final List<String> AEAD =
            List.of(
                    "Four values, not six: an AEAD encrypts and guards with one key, so there are no",
                    "MAC keys; each direction has a key and the part of the nonce that is not sent.",
                    "No nonce may come twice under one key, so the record's number makes up the rest.");

    private static final List<String> TLS13 =
            List.of(
                    "Each stage takes in something new: the early secret a pre-shared key, the",
                    "handshake secret the key exchange, the master secret nothing more. Each traffic",
                    "secret is bound to the messages so far, so that both sides get the same keys",
                    "only if they heard the same. Every suite is an AEAD: a key and an IV for each",
                    "direction, no MAC keys.");

    private Remarks() {}

    static List<String> on(Lecture it) {
        if (has(it, "early secret")) return TLS13;
        if (!has(it, "  client MAC key")) return AEAD;
        return has(it, "  client IV") ? CBC : STREAM;
    }

    private static boolean has(Lecture it, String name) {
        return it.schedule().stream().anyMatch(step -> step.secret().name().equals(name));
    }
}
