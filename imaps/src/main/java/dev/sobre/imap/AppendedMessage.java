package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.MessageLiteral;
import dev.sobre.mail.Flags;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of an APPEND up to where its octets begin. RFC 3501 §6.3.11.
 *
 * @param octets the message; empty when it is put together from parts that follow (RFC 4469)
 */
record AppendedMessage(Flags flags, Optional<Instant> date, Optional<MessageLiteral> octets) {

    static AppendedMessage parse(ImapReader in) throws BadMessage, IOException {
        Flags flags = Flags.NONE;
        if (in.isNext('(')) {
            flags = in.messageFlags();
            in.space();
        }
        Optional<Instant> date = Optional.empty();
        if (in.isNext('"')) {
            date = Optional.of(in.dateTime());
            in.space();
        }
        if (in.takeWord("CATENATE")) {
            in.space();
            in.expect('(');
            return new AppendedMessage(flags, date, Optional.empty());
        }
        return new AppendedMessage(flags, date, Optional.of(in.messageLiteral()));
    }
}
