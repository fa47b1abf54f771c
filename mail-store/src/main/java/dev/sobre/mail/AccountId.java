package dev.sobre.mail;

/**
 * The identity of an account for as long as it exists. It is never the address: an account that is
 * deleted and created again is another account, and nothing of the old one is visible in it.
 */
public record AccountId(long value) {}
