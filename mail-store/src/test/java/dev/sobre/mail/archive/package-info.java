/** Tests of exports and imports. */
@NullMarked
package dev.sobre.mail.archive;

import org.jspecify.annotations.NullMarked;
