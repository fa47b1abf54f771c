/**
 * The way into a running server from the same machine: a Unix domain socket in its home, over which
 * a command line asks the server to run an administrator's command for it.
 */
@NullMarked
package dev.sobre.app.control;

import org.jspecify.annotations.NullMarked;
