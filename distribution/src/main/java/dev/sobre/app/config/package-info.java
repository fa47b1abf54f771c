/** The configuration of a server, and its form in {@code sobre.toml}. */
@NullMarked
package dev.sobre.app.config;

import org.jspecify.annotations.NullMarked;
