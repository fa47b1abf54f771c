package dev.sobre.tls.trace;

import java.time.Duration;

/**
 * What one side sent before the other spoke again.
 *
 * @param at when its first byte was seen, since the first byte of the connection
 * @param records begun in it
 */
public record Flight(Side from, Duration at, long bytes, int records) {}
