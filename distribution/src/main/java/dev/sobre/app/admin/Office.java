package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.mail.Accounts;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Recipients;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What administrators' commands work on.
 *
 * @param domain the domain whose addresses are local
 * @param separators the characters that each begin a subaddress
 * @param messageLimit how many octets a message may have
 * @param server the running server, or nothing where only the store is open
 * @param backups the folder that is configured for backups of the store
 * @param relays whether mail for other domains is taken on
 */
public record Office(
        String domain,
        String separators,
        long messageLimit,
        MailStore store,
        Optional<RunningServer> server,
        Optional<Path> backups,
        boolean relays) {

    private static final long MESSAGE = 50L << 20;

    /** An office with the usual subaddresses and messages of up to 50 MiB. */
    public Office(String domain, MailStore store, Optional<RunningServer> server) {
        this(
                domain,
                Recipients.STANDARD_SEPARATORS,
                MESSAGE,
                store,
                server,
                Optional.empty(),
                false);
    }

    /** The running server, without which a command has nothing to tell. */
    RunningServer running() {
        return server.orElseThrow(
                () -> new Failure("no server runs on this home; start one with `sobre serve`"));
    }

    public Accounts accounts() {
        return store.accounts();
    }

    /** Who gets the mail for an address. */
    public Recipients recipients() {
        return new Recipients(accounts(), Set.of(domain), separators);
    }
}
