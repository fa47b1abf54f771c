package dev.sobre.smtp;

import dev.sobre.mail.StoreException;
import org.apache.james.protocols.api.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** RCPT: adds a recipient to the mail. RFC 5321 §4.1.1.3. */
final class Rcpt extends Verb {

    private static final Logger LOG = LoggerFactory.getLogger(Rcpt.class);

    private final Mailroom mailroom;
    private final int most;

    Rcpt(Mailroom mailroom, int most) {
        super("RCPT");
        this.mailroom = mailroom;
        this.most = most;
    }

    @Override
    Response run(SmtpSession session, String argument) throws BadMessage {
        if (!(session.submitter() instanceof Submitter.Writing mail)) {
            return Reply.of(503, "5.5.1", "say MAIL first");
        }
        var reader = new PathReader(argument, "TO:", "5.1.3");
        MailPath path = reader.forwardPath();
        var wishes = Wishes.of(Parameter.parse(reader.rest()), mailroom.reports());
        if (!mail.asked().utf8() && !path.isAscii()) { // RFC 6531 §3.5
            return Reply.of(553, "5.6.7", "an address beyond ASCII needs SMTPUTF8");
        }
        if (session.chunks().isPresent()) {
            return Reply.of(503, "5.5.1", "the message has begun; RSET drops it");
        }
        if (mail.recipients().size() >= most) { // RFC 5321 §4.5.3.1.10
            return Reply.of(452, "4.5.3", "too many recipients; send the rest as another mail");
        }
        return add(mail, path, wishes);
    }

    private Reply add(Submitter.Writing mail, MailPath path, Wishes wishes) {
        try {
            return switch (mailroom.recipient(path, mail.asked().octets())) {
                case Recipient.Refused(Reply reply) -> reply;
                case Recipient.Known known -> {
                    mail.recipients().add(known.with(wishes));
                    yield Reply.of(250, "2.1.5", "OK");
                }
            };
        } catch (StoreException e) {
            LOG.warn("a recipient could not be looked up: {}", e.getMessage(), e);
            return Reply.of(451, "4.3.0", "recipients can't be looked up now; try again later");
        }
    }
}
