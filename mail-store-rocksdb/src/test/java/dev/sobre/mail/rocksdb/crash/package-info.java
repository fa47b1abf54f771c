/** Crashes of a store under mixed load, compared with a model that knows nothing of the store. */
@NullMarked
package dev.sobre.mail.rocksdb.crash;

import org.jspecify.annotations.NullMarked;
