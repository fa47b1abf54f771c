package dev.sobre.app.admin;

import java.time.Instant;

/**
 * Something that the running server refused.
 *
 * @param what in plain words, such as {@code mail: there is no such user here}
 */
public record Refusal(Instant when, String what) {}
