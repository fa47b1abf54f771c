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
 * @param enclosed whether a parenthesis is to be closed after it
 */
record AppendedMessage(
        Flags flags, Optional<Instant> date, Optional<MessageLiteral> octets, boolean enclosed) {

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
            return new AppendedMessage(flags, date, Optional.empty(), false);
        }
        // RFC 6855 §4; in RFC 9755 a literal8 is enough
        boolean utf8 = in.takeWord("UTF8");
        if (utf8) {
            in.space();
            in.expect('(');
        }
        return new AppendedMessage(flags, date, Optional.of(in.messageLiteral()), utf8);
    }
}
