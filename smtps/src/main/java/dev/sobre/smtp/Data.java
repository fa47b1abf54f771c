package dev.sobre.smtp;

import dev.sobre.line.LineConnection;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.james.protocols.api.Response;

/** DATA: takes the message and delivers it. RFC 5321 §4.1.1.4. */
final class Data extends Verb {

    private static final String GO_ON =
            "354 send the message and end it with a dot on a line of its own\r\n";

    private final Mailroom mailroom;
    private final SmtpSettings settings;

    Data(Mailroom mailroom, SmtpSettings settings) {
        super("DATA");
        this.mailroom = mailroom;
        this.settings = settings;
    }

    @Override
    Response run(SmtpSession session, String argument) {
        if (!(session.submitter() instanceof Submitter.Writing mail)) {
            return Reply.of(503, "5.5.1", "say MAIL first");
        }
        if (!argument.isEmpty()) return Reply.of(501, "5.5.4", "DATA stands alone");
        if (mail.recipients().isEmpty()) return Reply.of(554, "5.5.1", "no valid recipients");
        if (mail.asked().binary()) { // RFC 3030 §3
            return Reply.of(503, "5.5.1", "BODY=BINARYMIME goes with BDAT; RSET drops the mail");
        }
        if (session.chunks().isPresent()) { // RFC 3030 §2
            return Reply.of(503, "5.5.1", "the message has begun with BDAT; RSET drops it");
        }
        var letter = Letter.of(mail);
        return new Dialogue(
                "",
                () -> {
                    Reply reply = receive(session, letter);
                    session.resetState();
                    return reply;
                });
    }

    private Reply receive(SmtpSession session, Letter letter) throws IOException {
        try (var intake = Intake.open(mailroom, settings, session, letter)) {
            session.connection().write(GO_ON);
            boolean whole = read(session.connection(), intake);
            return whole ? Handover.of(intake, mailroom) : Mail.tooBig(limit()).andEnd();
        } catch (StoreException e) {
            return Intake.refusal(e); // there was no place to write to
        }
    }

    /**
     * Reads the message, or says that it has no end that is worth waiting for. A connection that
     * ends in here throws: the sink is closed and nothing is delivered.
     */
    private boolean read(LineConnection connection, Intake intake) throws IOException {
        var framer = intake.framer();
        long taken = 0;
        while (!framer.ended()) {
            if (Intake.isHopeless(taken, limit())) return false;
            ByteBuffer octets = connection.input();
            int some = framer.take(octets, intake);
            connection.consume(some);
            taken += some;
        }
        intake.end();
        return true;
    }

    private long limit() {
        return settings.allowance().octets();
    }
}
