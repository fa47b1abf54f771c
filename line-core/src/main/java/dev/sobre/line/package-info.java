/**
 * Sessions of line protocols: one virtual thread for each connection, bounded reading of lines and
 * literals, back-pressure both ways, limits and time-outs. Event loops only move bytes.
 */
@NullMarked
package dev.sobre.line;

import org.jspecify.annotations.NullMarked;
