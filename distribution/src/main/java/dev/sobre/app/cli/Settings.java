package dev.sobre.app.cli;

import dev.sobre.app.config.Service;
import dev.sobre.app.text.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sobre settings}: tells what to type into a mail program. */
@Command(
        name = "settings",
        description = "Prints the settings for mail programs.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} --home /srv/mail"})
final class Settings implements Callable<Integer> {

    @Mixin private HomeOption home = new HomeOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        var there = home.existing();
        var configuration = there.configuration();
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            ports.put(service.label(), configuration.listener(service).port());
        }
        var settings = ClientSettings.of(configuration.hostname(), ports);
        if (json) System.out.println(Json.of(settings.data()));
        else System.out.print(settings.text() + "  CA certificate: " + there.authority() + "\n");
        return 0;
    }
}
