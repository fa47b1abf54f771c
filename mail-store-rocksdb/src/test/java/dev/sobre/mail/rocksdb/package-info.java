/** Tests of the embedded store. */
@NullMarked
package dev.sobre.mail.rocksdb;

import org.jspecify.annotations.NullMarked;
