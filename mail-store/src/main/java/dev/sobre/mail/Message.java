package dev.sobre.mail;

import dev.sobre.mail.mime.MimeEntity;
import java.time.Instant;

/**
 * A stored message, as {@link MailStore#messages} gives it.
 *
 * @param modSeq RFC 7162
 * @param size RFC822.SIZE: the body's length in octets
 * @param structure envelope, body structure and part offsets, computed at delivery
 */
public record Message(
        long uid,
        long modSeq,
        Flags flags,
        Instant internalDate,
        long size,
        BlobRef body,
        MimeEntity structure) {}
