package dev.sobre.app.config;

/** Something in {@code sobre.toml} that can't be used: {@code file:line: what is accepted}. */
public final class ConfigurationError extends Exception {

    ConfigurationError(String message) {
        super(message);
    }
}
