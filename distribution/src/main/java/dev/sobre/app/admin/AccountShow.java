package dev.sobre.app.admin;

import dev.sobre.app.text.Json;
import dev.sobre.mail.Account;
import dev.sobre.mail.AppPassword;
import dev.sobre.mail.Usage;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account show}: all there is to know about an account, but its secrets. */
@Command(
        name = "show",
        description = "Shows an account: its fields, what it holds, and its app passwords' names.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org --json"})
final class AccountShow implements AdminCommand {

    @Parameters(paramLabel = "ADDRESS", description = "An address of the account.")
    private String address = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        var usage = office.accounts().usage(account.id());
        var passwords = AppPasswordGroup.of(account, office);
        caller.terminal()
                .println(json ? Json.of(data(account, usage, passwords)) : words(account, usage));
        if (json) return 0;
        for (var each : passwords) {
            caller.terminal().println("app password  " + AppPasswordList.words(each));
        }
        return 0;
    }

    private static Map<String, Object> data(
            Account account, Usage usage, List<AppPassword> passwords) {
        var data = AccountData.of(account);
        data.put("octets", usage.octets());
        data.put("messages", usage.messages());
        data.put("appPasswords", passwords.stream().map(AccountData::of).toList());
        return data;
    }

    private static String words(Account account, Usage usage) {
        return String.join(
                System.lineSeparator(),
                "address       " + account.address(),
                "name          " + account.displayName(),
                "also          " + listed(account.aliases()),
                "catch-all of  " + listed(account.catchAlls()),
                "administrator " + yes(account.administrator()),
                "disabled      " + yes(account.disabled()),
                "holds         " + new Size(usage.octets()) + most(account.quota().octets(), true),
                "messages      " + usage.messages() + most(account.quota().messages(), false),
                "switched off  " + listed(account.switchedOff()));
    }

    private static String listed(Collection<String> all) {
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private static String most(long most, boolean octets) {
        if (most == 0) return ", no limit";
        return " of " + (octets ? new Size(most) : most);
    }
}
