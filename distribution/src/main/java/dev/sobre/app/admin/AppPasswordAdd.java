package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.mail.AppSecret;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account app-password add}: makes an app password and prints it this once. */
@Command(
        name = "add",
        description =
                "Makes an app password and prints it; it is kept nowhere and never shown again.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org phone --expires 365d"})
final class AppPasswordAdd implements AdminCommand {

    @Parameters(index = "0", paramLabel = "ADDRESS", description = "An address of the account.")
    private String address = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "What it is for, such as phone.")
    private String name = "";

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description =
                    "Not accepted from then on: days such as 90d, or a date such as 2030-12-31.")
    private Optional<String> expires = Optional.empty();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        var now = Instant.now();
        Optional<Instant> end = expires.map(text -> end(text, now));
        var passwords = office.accounts().appPasswords();
        var secret = AppSecret.add(passwords, account.id(), name, now, end);
        if (json) {
            var data = new LinkedHashMap<String, Object>();
            data.put("address", account.address());
            data.put("name", name);
            data.put("password", secret.text());
            data.put("expires", end);
            caller.terminal().println(Json.of(data));
        } else {
            caller.terminal().println("added " + name + " to " + account.address());
            caller.terminal().println("password " + secret.text());
        }
        return 0;
    }

    private static Instant end(String text, Instant now) {
        try {
            Instant end =
                    text.matches("[0-9]{1,5}d")
                            ? now.plus(Duration.ofDays(Long.parseLong(text.replace("d", ""))))
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (end.isAfter(now)) return end;
        } catch (DateTimeException e) {
            throw new Failure(
                    "`" + text + "` is neither days, such as 90d, nor a date, such as 2030-12-31");
        }
        throw new Failure("`" + text + "` is not in the future");
    }
}
