package dev.sobre.tls.probe;

import dev.sobre.tls.CipherSuite;
import dev.sobre.tls.pki.CertificateFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An explanation as lines for people. */
final class Words {
    private final List<String> lines = new ArrayList<>();

    static List<String> of(Explanation it) {
        var words = new Words();
        words.say("server", it.host() + ":" + it.port() + asked(it));
        it.problem().ifPresent(problem -> words.say("failed", problem.sentence()));
        it.agreed().ifPresent(words::agreed);
        for (int i = 0; i < it.chain().size(); i++) words.certificate(i, it.chain().get(i));
        return List.copyOf(words.lines);
    }

    private static String asked(Explanation it) {
        return it.serverName().equals(it.host()) ? "" : " (asked for " + it.serverName() + ")";
    }

    private void agreed(Explanation.Agreed it) {
        CipherSuite suite = it.suite();
        say("version", it.version().replace("TLSv", "TLS "));
        say("suite", suite.name());
        say("  key exchange", it.keyExchange());
        say("  authentication", suite.authentication());
        say("  cipher", suite.cipher());
        say("  mode", suite.mode());
        say("  hash", suite.hash());
        it.applicationProtocol().ifPresent(protocol -> say("protocol", protocol + " (ALPN)"));
        say(
                "time",
                "connected in " + millis(it.connect()) + ", handshake " + millis(it.handshake()));
        it.resumption().ifPresent(yes -> say("resumption", resumption(it, yes)));
    }

    private static String resumption(Explanation.Agreed it, boolean yes) {
        return yes
                ? "yes: a second connection resumed the session"
                        + it.resumedHandshake().map(time -> " in " + millis(time)).orElse("")
                : "no: a second connection went through a full handshake";
    }

    private void certificate(int number, CertificateFacts it) {
        say("certificate " + (number + 1), it.subject());
        it.words().forEach((what, words) -> say("  " + what, words));
    }

    private void say(String what, String words) {
        lines.add(String.format(Locale.ROOT, "%-18s%s", what, words));
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
