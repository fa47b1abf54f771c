/** {@code sobre cert}: keys, requests and certificates from the command line. */
@NullMarked
package dev.sobre.app.cert;

import org.jspecify.annotations.NullMarked;
