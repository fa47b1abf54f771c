package dev.sobre.app.admin;

import dev.sobre.app.text.Counted;
import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.mail.Account;
import dev.sobre.mail.Address;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Recipients.Answer;
import dev.sobre.mail.Recipients.Because;
import dev.sobre.mail.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: what happens to mail for an address, and why. */
@Command(
        name = "explain",
        description = {
            "Says in plain words what happens to mail for an address: who gets it and why, whether"
                    + " there is room, and what the running server refused lately."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann+shop@example.org"})
final class Explain implements AdminCommand {

    @Parameters(paramLabel = "ADDRESS", description = "The address, here or elsewhere.")
    private String text = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final List<String> words = new ArrayList<>();
    private final Map<String, Object> data = new LinkedHashMap<>();

    @Override
    public int run(Office office, Caller caller) throws IOException {
        String full = text.contains("@") ? text : text + "@" + office.domain();
        var address =
                Address.parse(full)
                        .orElseThrow(() -> new Failure("`" + text + "` is not a mail address"));
        data.put("address", Address.canonical(full));
        switch (office.recipients().resolve(address.local(), address.domain())) {
            case Answer.To(Account account, Because because) -> to(full, account, because, office);
            case Answer.Nobody _ ->
                    say(
                            "nobody",
                            full
                                    + " is an address of this server, but nobody has it: mail for"
                                    + " it is refused with 550 5.1.1. `account add` makes an account,"
                                    + " `account set --add-alias` gives it to one there is");
            case Answer.Elsewhere _ ->
                    say(
                            "elsewhere",
                            office.relays()
                                    ? "mail for "
                                            + address.domain()
                                            + " leaves this server: it is taken on from users who are"
                                            + " logged in; `queue list` shows what waits"
                                    : "mail for "
                                            + address.domain()
                                            + " would have to leave this server, whose domain is "
                                            + office.domain()
                                            + "; `relay.way` is \"off\", so it is refused with 550"
                                            + " 5.7.1");
        }
        refusals(Address.canonical(full), office);
        for (String line : json ? List.of(Json.of(data)) : words) caller.terminal().println(line);
        return 0;
    }

    private void say(String outcome, String line) {
        data.put("outcome", outcome);
        words.add(line);
    }

    private void to(String full, Account account, Because because, Office office) {
        String why =
                switch (because) {
                    case ADDRESS ->
                            Address.canonical(full).equals(account.address())
                                    ? "that is the account's login name"
                                    : "that is an alias of the account";
                    case SUBADDRESS ->
                            "what begins with one of `" + office.separators() + "` is a subaddress";
                    case POSTMASTER ->
                            account.administrator()
                                    ? "it is the administrator, and nobody else is the postmaster"
                                    : "it is the oldest account, nobody is an administrator, and"
                                            + " somebody must be the postmaster; `account set --admin`"
                                            + " or `--add-alias` makes another one";
                    case CATCH_ALL -> "it catches all of the domain's mail that nobody else gets";
                };
        say("delivered", full + " is for the account " + account.address() + ": " + why);
        words.add("mail is delivered to its " + Mailbox.INBOX);
        addresses(account);
        data.put("account", account.address());
        data.put("because", because.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        data.put("mailbox", Mailbox.INBOX);
        data.put("disabled", account.disabled());
        if (account.disabled()) {
            words.add(
                    "the account is disabled: it goes on receiving, but nobody can log in;"
                            + " `account enable` opens it");
        }
        room(account, office.accounts().usage(account.id()));
    }

    private void addresses(Account account) {
        var all = new ArrayList<String>(account.aliases());
        for (String domain : account.catchAlls()) all.add("all of " + domain + " that nobody has");
        if (!all.isEmpty()) words.add("its further addresses: " + String.join(", ", all));
        data.put("aliases", account.aliases());
        data.put("catchAlls", account.catchAlls());
    }

    private void room(Account account, Usage usage) {
        var quota = account.quota();
        boolean full = quota.limited() && !quota.allows(usage.plus(Usage.of(1)));
        data.put("octets", usage.octets());
        data.put("messages", usage.messages());
        data.put("quotaOctets", quota.octets());
        data.put("quotaMessages", quota.messages());
        data.put("full", full);
        String holds =
                "it holds "
                        + new Size(usage.octets())
                        + (quota.octets() > 0 ? " of " + new Size(quota.octets()) : "")
                        + " in "
                        + (quota.messages() > 0 ? usage.messages() + " of " : "")
                        + Counted.of(
                                quota.messages() > 0 ? quota.messages() : usage.messages(),
                                "message");
        if (full) {
            words.add(
                    holds
                            + ": it is full, and mail is put off with 452 4.2.2; `account set"
                            + " --quota` gives it more room");
        } else {
            words.add(holds + (quota.limited() ? "" : ", without a limit"));
        }
    }

    private void refusals(String address, Office office) {
        if (office.server().isEmpty()) {
            words.add("what was refused lately only a running server knows, and none runs");
            return;
        }
        var refusals = office.server().get().refusals(address);
        data.put(
                "refusals",
                refusals.stream()
                        .map(each -> Map.of("when", each.when(), "what", each.what()))
                        .toList());
        if (refusals.isEmpty()) {
            words.add("nothing was refused since the server started, as far as it remembers");
        }
        for (var each : refusals) words.add("refused at " + each.when() + ": " + each.what());
    }
}
