package dev.sobre.app.admin;

import dev.sobre.app.text.Json;
import dev.sobre.mail.AppPassword;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account app-password list}: the names of an account's app passwords. */
@Command(
        name = "list",
        description = "Lists an account's app passwords: name, age, expiry and last use.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org --json"})
final class AppPasswordList implements AdminCommand {

    @Parameters(paramLabel = "ADDRESS", description = "An address of the account.")
    private String address = "";

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        var passwords = AppPasswordGroup.of(account, office);
        if (json) {
            caller.terminal().println(Json.of(passwords.stream().map(AccountData::of).toList()));
            return 0;
        }
        for (var each : passwords) caller.terminal().println(words(each));
        if (passwords.isEmpty()) caller.terminal().println("there are none");
        return 0;
    }

    static String words(AppPassword password) {
        var text = new StringBuilder(password.name());
        text.append(", made ").append(date(password.created()));
        password.expires()
                .ifPresent(
                        end -> {
                            boolean live = password.live(Instant.now());
                            text.append(live ? ", until " : ", expired ").append(date(end));
                        });
        text.append(
                password.lastUsed()
                        .map(last -> ", last used " + date(last))
                        .orElse(", never used"));
        return text.toString();
    }

    private static LocalDate date(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
