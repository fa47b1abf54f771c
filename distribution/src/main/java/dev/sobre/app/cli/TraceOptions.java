package dev.sobre.app.cli;

import dev.sobre.app.text.Failure;
import dev.sobre.tls.lecture.Lecture;
import dev.sobre.tls.lecture.LectureOptions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code sobre tls explain} that tell a handshake message by message. */
final class TraceOptions {

    @Option(
            names = "--trace",
            description =
                    "Tell the handshake message by message: who says what, with which keys, and"
                            + " what each message proves.")
    private boolean trace;

    @Option(
            names = "--secrets",
            description =
                    "With --trace: also show the secrets and keys of this connection, and how each"
                            + " comes about. Whoever has the output can open a recording of it.")
    private boolean secrets;

    @Option(
            names = "--tls",
            paramLabel = "1.2|1.3",
            description = "With --trace: offer this version alone (default: both).")
    private @Nullable String version;

    @Option(
            names = "--suite",
            paramLabel = "NAME",
            description =
                    "With --trace: offer this cipher suite alone, by its IANA name; also an old one"
                            + " that Sobre itself refuses.")
    private @Nullable String suite;

    boolean asked() {
        return trace;
    }

    /** Refuses what makes sense only with a trace. */
    void check() {
        if (!trace && secrets) throw Failure.usage("--secrets is for --trace: write both");
        if (!trace && version != null) throw Failure.usage("--tls is for --trace: write both");
        if (!trace && suite != null) throw Failure.usage("--suite is for --trace: write both");
        if (version != null && !version.equals("1.2") && !version.equals("1.3")) {
            throw Failure.usage("--tls takes 1.2 or 1.3");
        }
    }

    Lecture lecture(HostPort where, List<X509Certificate> trusted, Optional<String> serverName) {
        var options = LectureOptions.standard().withTrusted(trusted);
        if (serverName.isPresent()) options = options.withServerName(serverName.get());
        if (version != null) options = options.withVersion("TLSv" + version);
        if (suite != null) options = options.withSuite(suite);
        if (secrets) {
            options = options.withSecrets();
            System.err.println(
                    "sobre: what follows holds the secrets of this connection; whoever has them can"
                            + " open a recording of it");
        }
        try {
            return Lecture.on(where.host(), where.port(), options);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()));
        }
    }
}
