/**
 * Administrators' commands. One set of classes serves the command line, the control socket of a
 * running server and the telnets console.
 */
@NullMarked
package dev.sobre.app.admin;

import org.jspecify.annotations.NullMarked;
