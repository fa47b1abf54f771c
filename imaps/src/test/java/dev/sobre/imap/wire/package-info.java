@NullMarked
package dev.sobre.imap.wire;

import org.jspecify.annotations.NullMarked;
