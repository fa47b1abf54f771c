/** What commands say: failures in plain words, JSON, columns. */
@NullMarked
package dev.sobre.app.text;

import org.jspecify.annotations.NullMarked;
