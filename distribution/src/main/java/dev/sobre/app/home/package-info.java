/** A server's home: the directory with its configuration, keys, store, lock and control socket. */
@NullMarked
package dev.sobre.app.home;

import org.jspecify.annotations.NullMarked;
