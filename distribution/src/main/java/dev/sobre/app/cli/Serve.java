package dev.sobre.app.cli;

import dev.sobre.app.home.Home;
import dev.sobre.app.server.Server;
import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Reason;
import dev.sobre.tls.HandshakeWatch;
import dev.sobre.tls.trace.ServerTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sobre serve}: runs a server in the foreground until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Runs the server of a home in the foreground. Prints one line `ready smtps=PORT"
                    + " pop3s=PORT imaps=PORT telnets=PORT` when everything is bound. SIGTERM or"
                    + " Ctrl-C finishes running commands and stops."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} --home /srv/mail",
            "Example: ${COMMAND-FULL-NAME} --home /srv/mail --trace-tls"
        })
final class Serve implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    @Mixin private HomeOption home = new HomeOption();

    @Option(
            names = "--trace-tls",
            description =
                    "Tell each TLS handshake message by message in the log: what the wire shows, no"
                            + " secrets; encrypted messages stay closed. Much text: to look into a"
                            + " problem, not for every day.")
    private boolean traceTls;

    @Override
    public Integer call() throws InterruptedException {
        var there = home.existing();
        logAsConfigured(there);
        var server = Server.start(there, there.configuration(), watch());
        stopWithProcess(server::close);
        System.out.println(server.readyLine());
        System.out.flush();
        LOG.info("ready {} ms after the start of the process", sinceStart());
        new CountDownLatch(1).await();
        return 0;
    }

    /** To the log, or, where that is set to leave it out, to stderr. */
    private Optional<HandshakeWatch> watch() {
        if (!traceTls) return Optional.empty();
        return Optional.of(
                ServerTrace.to(
                        LOG.isInfoEnabled() ? LOG::info : block -> System.err.println(block)));
    }

    private static void logAsConfigured(Home home) {
        var log = home.configuration().log();
        if (log.file().isEmpty()) {
            Logging.toConsole(log.level());
            return;
        }
        Path file = home.resolve(log.file().get());
        try {
            Logging.toFile(file, log.level());
        } catch (IOException e) {
            throw new Failure(
                    home.configurationFile()
                            + ": `log.file` can't be "
                            + file
                            + ": "
                            + Reason.of(e)
                            + "; name a file that this user may write",
                    e);
        }
    }

    /** On SIGTERM and SIGINT: closes what runs, and ends the process with 0. */
    static void stopWithProcess(Runnable close) {
        Runnable stop =
                () -> {
                    LOG.info("stopping");
                    close.run();
                    LOG.info("stopped");
                    Logging.finish();
                    // A process that stops when it is asked to has not failed; the JVM would
                    // report 128 and the signal.
                    Runtime.getRuntime().halt(0);
                };
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop));
    }

    /** Milliseconds since the process was started, the launcher's work included. */
    static long sinceStart() {
        String built = System.getenv("SOBRE_STARTED"); // by ./sobre, when it had to build first
        if (built != null && built.matches("[0-9]{1,15}")) {
            return System.currentTimeMillis() - Long.parseLong(built);
        }
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()).toMillis())
                .orElse(0L);
    }
}
