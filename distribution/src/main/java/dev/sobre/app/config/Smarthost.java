package dev.sobre.app.config;

import java.util.Optional;

/**
 * The server that takes all mail for other domains.
 *
 * @param startTls whether TLS begins by STARTTLS, not with the connection
 * @param user who we are there; empty for nobody
 * @param passwordFile where the password is, a path in the home or an absolute one
 * @param authority a PEM file of who may vouch for it; empty: who the JDK trusts
 */
public record Smarthost(
        String host,
        int port,
        boolean startTls,
        Optional<String> user,
        Optional<String> passwordFile,
        Optional<String> authority) {}
