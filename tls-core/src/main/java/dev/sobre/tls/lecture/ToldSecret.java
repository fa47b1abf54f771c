package dev.sobre.tls.lecture;

import dev.sobre.tls.schedule.Secret;

/**
 * A secret as this module worked it out.
 *
 * @param used whether the client's own TLS came to the same value; it has no use for a few of them
 */
public record ToldSecret(Secret secret, boolean used) {}
