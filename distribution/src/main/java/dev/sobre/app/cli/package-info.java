/** The {@code sobre} command line. */
@NullMarked
package dev.sobre.app.cli;

import org.jspecify.annotations.NullMarked;
