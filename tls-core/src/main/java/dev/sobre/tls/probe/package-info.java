/** Tells what a TLS server negotiates, or in one sentence why it does not. */
@NullMarked
package dev.sobre.tls.probe;

import org.jspecify.annotations.NullMarked;
