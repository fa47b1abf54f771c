package dev.sobre.app.admin;

import dev.sobre.app.text.Json;
import dev.sobre.mail.Account;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code user list}: shows the accounts. */
@Command(
        name = "list",
        description = "Lists the accounts.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} --json"})
final class UserList implements AdminCommand {

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var accounts =
                office.accounts().list().stream()
                        .sorted(Comparator.comparing(Account::address))
                        .toList();
        if (json) {
            caller.terminal().println(Json.of(accounts.stream().map(UserList::data).toList()));
            return 0;
        }
        for (Account account : accounts) {
            var line = new StringBuilder(account.address());
            if (account.administrator()) line.append(" (administrator)");
            var aliases = account.addresses().subList(1, account.addresses().size());
            if (!aliases.isEmpty()) line.append(", also ").append(String.join(", ", aliases));
            caller.terminal().println(line.toString());
        }
        return 0;
    }

    private static Map<String, Object> data(Account account) {
        var data = new LinkedHashMap<String, Object>();
        data.put("address", account.address());
        data.put("aliases", account.addresses().subList(1, account.addresses().size()));
        data.put("administrator", account.administrator());
        return data;
    }
}
