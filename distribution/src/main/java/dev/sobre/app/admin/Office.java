package dev.sobre.app.admin;

import dev.sobre.mail.Accounts;
import java.util.Optional;

/**
 * What administrators' commands work on.
 *
 * @param domain the domain whose addresses are local
 * @param server the running server, or nothing where only the store is open
 */
public record Office(String domain, Accounts accounts, Optional<RunningServer> server) {}
