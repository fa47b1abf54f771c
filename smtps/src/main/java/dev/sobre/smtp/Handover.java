package dev.sobre.smtp;

import dev.sobre.mail.StoreException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The moment at which a message that has come whole becomes the mailroom's. */
final class Handover {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private Handover() {}

    /** Hands a message over, and says what the client is told. */
    static Reply of(Intake intake, Mailroom mailroom) {
        var letter = intake.letter();
        Reply reply = intake.problem().orElseGet(() -> deliver(letter, intake, mailroom));
        LOG.info(
                "mail {} from {}: {} octets, {} recipients, priority {}: {}",
                letter.id().hex(),
                letter.account().address(),
                intake.length(),
                letter.recipients().size(),
                letter.asked().priority(), // RFC 6710 §4.1
                reply.line());
        return reply;
    }

    private static Reply deliver(Letter letter, Intake intake, Mailroom mailroom) {
        try {
            boolean anyNew = mailroom.deliver(letter, intake.body(), intake.name());
            String kept = anyNew ? "kept as " + letter.id().hex() : "it came before";
            return Reply.of(250, "2.0.0", "OK, " + kept);
        } catch (Refused e) {
            return e.reply();
        } catch (StoreException e) {
            return Intake.refusal(e);
        } catch (IOException | RuntimeException e) {
            LOG.error("mail {} was not delivered", letter.id().hex(), e);
            return Intake.failure();
        }
    }
}
