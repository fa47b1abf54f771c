/** The compact forms in which backends may store what this module computes. */
@NullMarked
package dev.sobre.mail.codec;

import org.jspecify.annotations.NullMarked;
