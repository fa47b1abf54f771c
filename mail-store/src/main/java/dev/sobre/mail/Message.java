package dev.sobre.mail;

import dev.sobre.mail.mime.HeaderCache;
import dev.sobre.mail.mime.MimeEntity;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * A stored message, as {@link MailStore#messages} gives it.
 *
 * @param modSeq RFC 7162
 * @param internalDate RFC 9051 §2.3.3
 * @param savedDate when it came into this mailbox, to the second (RFC 8514)
 * @param size RFC822.SIZE: the body's length in octets
 * @param emailId the same for copies (RFC 8474 §5.1)
 * @param threadId the conversation it belongs to (RFC 8474 §5.2)
 * @param structure envelope, body structure and part offsets, computed at delivery
 * @param preview its first words (RFC 8970), computed at delivery; may be empty
 * @param headers the fields that clients usually ask for
 */
public record Message(
        long uid,
        long modSeq,
        Flags flags,
        Instant internalDate,
        Instant savedDate,
        long size,
        BlobRef body,
        EmailId emailId,
        ThreadId threadId,
        MimeEntity structure,
        String preview,
        HeaderCache headers) {

    /**
     * Fields of the message's header, octet for octet and with the empty line after them; in any
     * letter case of the names. Empty when they are not at hand and the body must be read.
     */
    public Optional<byte[]> header(Collection<String> names) {
        return headers.choose(names);
    }
}
