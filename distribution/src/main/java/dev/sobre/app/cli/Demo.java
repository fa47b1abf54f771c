package dev.sobre.app.cli;

import dev.sobre.app.admin.NewPassword;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.server.Server;
import dev.sobre.app.server.ThrowAwayHome;
import dev.sobre.app.text.Failure;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sobre demo}: a server to try, which leaves nothing behind. */
@Command(
        name = "demo",
        description = {
            "Starts all services on a throw-away home with a local CA, one user and a welcome"
                    + " mail, and prints how to use them. Ctrl-C stops it and removes everything."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME}"})
final class Demo implements Callable<Integer> {

    private static final int OFFSET = 4000;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "" + OFFSET,
            description = "Added to 465, 995, 993 and 992 (default: ${DEFAULT-VALUE}).")
    private int offset;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (offset < 0 || offset > 64540) {
            throw Failure.usage("--port-offset takes whole numbers from 0 to 64540");
        }
        var configuration =
                Configuration.standard("localhost", "localhost", offset)
                        .onLoopback()
                        .withoutRelay();
        var home = ThrowAwayHome.create(configuration);
        Logging.toFile(home.home().resolve("sobre.log"), "info");
        var user = new DemoUser("demo@localhost", NewPassword.random());
        var server = started(home, configuration, user);
        Serve.stopWithProcess(
                () -> {
                    server.close();
                    home.close();
                });
        System.out.print(DemoText.of(server, user, home.home(), Serve.sinceStart()));
        System.out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private static Server started(ThrowAwayHome home, Configuration configuration, DemoUser user) {
        try {
            var server = Server.start(home.home(), configuration);
            try {
                user.moveIn(server.store());
                return server;
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (RuntimeException e) {
            home.close();
            throw e;
        }
    }
}
