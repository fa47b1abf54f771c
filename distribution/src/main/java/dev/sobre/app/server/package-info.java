/** Wires the rooms together: a home set up, a store opened, the four services started. */
@NullMarked
package dev.sobre.app.server;

import org.jspecify.annotations.NullMarked;
