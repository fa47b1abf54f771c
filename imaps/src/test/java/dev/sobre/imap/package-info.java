@NullMarked
package dev.sobre.imap;

import org.jspecify.annotations.NullMarked;
