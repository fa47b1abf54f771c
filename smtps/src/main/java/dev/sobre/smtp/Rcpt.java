package dev.sobre.smtp;

import dev.sobre.mail.StoreException;
import java.net.InetAddress;
import org.apache.james.protocols.api.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** RCPT: adds a recipient to the mail. RFC 5321 §4.1.1.3. */
final class Rcpt extends Verb {

    private static final Logger LOG = LoggerFactory.getLogger(Rcpt.class);

    private final Mailroom mailroom;
    private final Allowance allowance;
    private final Gate gate;

    Rcpt(Mailroom mailroom, Allowance allowance, Gate gate) {
        super("RCPT");
        this.mailroom = mailroom;
        this.allowance = allowance;
        this.gate = gate;
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
        if (mail.recipients().size() >= allowance.recipients()) { // RFC 5321 §4.5.3.1.10
            return Reply.of(452, "4.5.3", "too many recipients; send the rest as another mail");
        }
        if (!session.mayWriteTo(path.domain(), allowance.domains())) { // RFC 9422 §4.3
            return Reply.of(
                    452, "4.5.3", "mail to no more domains on this connection; open another");
        }
        var peer = session.connection().remote().getAddress();
        return gate.refusal(mail.account(), peer).orElseGet(() -> add(mail, path, wishes, peer));
    }

    private Reply add(Submitter.Writing mail, MailPath path, Wishes wishes, InetAddress peer) {
        gate.count(mail.account(), peer);
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
