package dev.sobre.app.cli;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.ConfigurationReader;
import dev.sobre.app.config.Service;
import dev.sobre.app.server.FirstRun;
import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sobre init}: sets up a home. */
@Command(
        name = "init",
        description = {
            "Sets up a home: a commented sobre.toml, a local certificate authority (tls/ca.pem),"
                    + " a server certificate and an empty store. Overwrites nothing."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} --home /srv/mail --domain example.org \\",
            "    --hostname mail.example.org"
        })
final class Init implements Callable<Integer> {

    private static final int HIGHEST_OFFSET = 65535 - 995;

    @Mixin private HomeOption home = new HomeOption();

    @Option(
            names = "--domain",
            required = true,
            paramLabel = "D",
            description = "The mail domain whose addresses are local.")
    private String domain = "";

    @Option(
            names = "--hostname",
            paramLabel = "H",
            description = "The name clients connect to (default: the domain).")
    private @Nullable String hostname;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Added to 465, 995, 993 and 992 (20000 gives 20465, ...).")
    private int offset;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        String host = hostname == null ? domain : hostname;
        for (String name : new String[] {domain, host}) {
            if (!ConfigurationReader.isName(name)) {
                throw Failure.usage(
                        "`" + name + "` is not a name such as example.org or localhost");
            }
        }
        if (offset < 0 || offset > HIGHEST_OFFSET) {
            throw Failure.usage("--port-offset takes whole numbers from 0 to " + HIGHEST_OFFSET);
        }
        var configuration =
                Configuration.standard(
                        domain.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT), offset);
        var made = FirstRun.create(home.path(), configuration);
        if (json) {
            var result = new LinkedHashMap<String, Object>();
            result.put("home", made.root());
            result.put("configuration", made.configurationFile());
            result.put("ca", made.authority());
            for (Service service : Service.values()) {
                result.put(service.label(), configuration.listener(service).port());
            }
            System.out.println(Json.of(result));
            return 0;
        }
        System.out.printf(
                """
                made %s
                  configuration   %s
                  CA certificate  %s (for clients to trust)
                next: sobre account add --home %s ann@%s
                      sobre serve --home %s
                """,
                made.root(),
                made.configurationFile(),
                made.authority(),
                home.path(),
                configuration.domain(),
                home.path());
        return 0;
    }
}
