package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.mail.Account;
import dev.sobre.mail.Address;
import picocli.CommandLine.Command;

/** {@code account}: the group of the commands that change accounts. */
@Command(
        name = "account",
        aliases = "user",
        description = "Adds, changes, removes, shows and imports accounts.",
        subcommands = {
            AccountAdd.class,
            AccountSet.class,
            AccountPasswd.class,
            AppPasswordGroup.class,
            AccountDisable.class,
            AccountEnable.class,
            AccountShow.class,
            AccountRemove.class,
            AccountList.class,
            AccountImport.class
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} add ann@example.org"})
final class AccountGroup {

    /** An address as a new account may have it; a bare name is completed with the domain. */
    static String address(String text, Office office) {
        String full = full(text, office);
        Address address =
                Address.parse(full)
                        .orElseThrow(
                                () ->
                                        new Failure(
                                                "`"
                                                        + text
                                                        + "` is not a mail address; write it like"
                                                        + " ann@"
                                                        + office.domain()));
        requireLocal(address.domain(), full, office);
        return Address.canonical(full);
    }

    /** A domain as an account may catch all of; with or without the at sign. */
    static String catchAll(String text, Office office) {
        String domain = text.startsWith("@") ? text.substring(1) : text;
        requireLocal(domain, text, office);
        return "@" + Address.canonical(domain);
    }

    private static void requireLocal(String domain, String text, Office office) {
        if (Address.canonical(domain).equals(office.domain())) return;
        throw new Failure(
                text + " is not an address of this server, whose domain is " + office.domain());
    }

    /** The account that has an address. */
    static Account existing(String text, Office office) {
        String address = full(text, office);
        return office.accounts()
                .find(address)
                .orElseThrow(
                        () ->
                                new Failure(
                                        "there is no account "
                                                + address
                                                + "; `account list` shows those there are"));
    }

    private static String full(String text, Office office) {
        return text.contains("@") ? text : text + "@" + office.domain();
    }
}
