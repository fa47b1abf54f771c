package dev.sobre.smtp;

import dev.sobre.line.LineConnection;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.james.protocols.api.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DATA: takes the message and delivers it. RFC 5321 §4.1.1.4. */
final class Data extends Verb {

    private static final Logger LOG = LoggerFactory.getLogger(Data.class);

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
        var letter =
                new Letter(
                        DeliveryId.random(),
                        Instant.now(),
                        mail.account(),
                        mail.sender(),
                        mail.recipients());
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
            read(session.connection(), intake);
            Reply reply = intake.problem().orElseGet(() -> deliver(letter, intake));
            LOG.info(
                    "mail {} from {}: {} octets, {} recipients: {} {}",
                    Trace.id(letter.id()),
                    letter.account().address(),
                    intake.length(),
                    letter.recipients().size(),
                    reply.code(),
                    reply.status());
            return reply;
        } catch (StoreException e) {
            return Intake.refusal(e); // there was no place to write to
        }
    }

    // A connection that ends in here throws: the sink is closed and nothing is delivered.
    private static void read(LineConnection connection, Intake intake) throws IOException {
        var framer = intake.framer();
        while (!framer.ended()) {
            ByteBuffer octets = connection.input();
            connection.consume(framer.take(octets, intake));
        }
        intake.end();
    }

    private Reply deliver(Letter letter, Intake intake) {
        try {
            mailroom.deliver(letter, intake.body());
            return Reply.of(250, "2.0.0", "OK, kept as " + Trace.id(letter.id()));
        } catch (Refused e) {
            return e.reply();
        } catch (StoreException e) {
            return Intake.refusal(e);
        } catch (IOException | RuntimeException e) {
            LOG.error("mail {} was not delivered", Trace.id(letter.id()), e);
            return Intake.failure();
        }
    }
}
