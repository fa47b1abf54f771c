/** A whole mail store in memory, for embedders and tests; nothing of it outlives the process. */
@NullMarked
package dev.sobre.mail.memory;

import org.jspecify.annotations.NullMarked;
