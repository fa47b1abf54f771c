package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.mail.Account;
import dev.sobre.mail.Address;
import picocli.CommandLine.Command;

/** {@code user}: the group of the commands that change accounts. */
@Command(
        name = "user",
        description = "Adds, changes, removes, lists and imports accounts.",
        subcommands = {
            UserAdd.class,
            UserPasswd.class,
            UserRemove.class,
            UserList.class,
            UserImport.class
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} add ann@example.org"})
final class User {

    /** An address as a new account may have it; a bare name is completed with the domain. */
    static String address(String text, Office office) {
        String full = text.contains("@") ? text : text + "@" + office.domain();
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
        if (!Address.canonical(address.domain()).equals(office.domain())) {
            throw new Failure(
                    full + " is not an address of this server, whose domain is " + office.domain());
        }
        return Address.canonical(full);
    }

    /** The account that has an address. */
    static Account existing(String text, Office office) {
        String address = text.contains("@") ? text : text + "@" + office.domain();
        return office.accounts()
                .find(address)
                .orElseThrow(
                        () ->
                                new Failure(
                                        "there is no account "
                                                + address
                                                + "; `user list` shows those there are"));
    }
}
