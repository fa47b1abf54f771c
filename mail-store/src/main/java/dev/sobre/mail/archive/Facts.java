package dev.sobre.mail.archive;

import dev.sobre.mail.EmailId;
import dev.sobre.mail.Flags;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an archive says of a message, beside its octets.
 *
 * @param uid the UID it had; 0 where that is not known
 * @param octets how long it is in CRLF form, where that is known
 * @param vouched whether the archive is of our making, so that what is there may be as odd as it is
 */
record Facts(
        long uid,
        Flags flags,
        Instant date,
        Optional<Instant> saved,
        Optional<EmailId> email,
        OptionalLong octets,
        boolean vouched) {}
