/**
 * The embedded durable store: bodies in append-only segments, everything else in RocksDB, one
 * writer that commits groups. {@link dev.sobre.mail.rocksdb.RocksMailStore} is the way in.
 *
 * <p>RFC 9051 (UIDs, UIDVALIDITY, flags), RFC 7162 (MODSEQ), RFC 4315 (APPENDUID, COPYUID), RFC
 * 6154 (special use), as {@link dev.sobre.mail.MailStore} asks for them.
 */
@NullMarked
package dev.sobre.mail.rocksdb;

import org.jspecify.annotations.NullMarked;
