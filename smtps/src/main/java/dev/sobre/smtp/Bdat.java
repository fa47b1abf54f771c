package dev.sobre.smtp;

import dev.sobre.line.LineConnection;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.Response;

/**
 * BDAT: takes a message in chunks of a known length (RFC 3030 §2). The octets of a chunk are read,
 * whatever is wrong, or the connection ends: they must never be taken for commands.
 */
final class Bdat extends Verb {

    private static final Pattern ARGUMENT =
            Pattern.compile("([0-9]{1,18})( +LAST)?", Pattern.CASE_INSENSITIVE);

    private final Mailroom mailroom;
    private final SmtpSettings settings;

    Bdat(Mailroom mailroom, SmtpSettings settings) {
        super("BDAT");
        this.mailroom = mailroom;
        this.settings = settings;
    }

    @Override
    List<String> features(SmtpSession session) {
        return List.of("CHUNKING", "BINARYMIME");
    }

    @Override
    Response run(SmtpSession session, String argument) {
        Matcher words = ARGUMENT.matcher(argument);
        if (!words.matches()) {
            // How much follows is not known, so nothing after it can be understood.
            return new Reply(501, "5.5.4", "BDAT wants a length, and LAST or nothing", true);
        }
        long octets = Long.parseLong(words.group(1));
        boolean last = words.group(2) != null;
        if (session.submitter() instanceof Submitter.Unknown) {
            return new Reply(530, "5.7.0", "log in first", true); // no stranger fills the line
        }
        long limit = settings.allowance().octets();
        if (Intake.isHopeless(octets, limit)) return Mail.tooBig(limit).andEnd();
        return new Dialogue("", () -> chunk(session, octets, last));
    }

    private Reply chunk(SmtpSession session, long octets, boolean last) throws IOException {
        var connection = session.connection();
        if (!(session.submitter() instanceof Submitter.Writing mail)) {
            connection.skip(octets);
            return Reply.of(503, "5.5.1", "say MAIL first");
        }
        if (mail.recipients().isEmpty()) {
            connection.skip(octets);
            session.resetState(); // RFC 3030 §2: the rest of a message must not be taken for it all
            return Reply.of(554, "5.5.1", "no valid recipients");
        }
        Intake intake;
        try {
            intake = session.chunks().orElseGet(() -> begin(session, mail));
        } catch (StoreException e) { // there was no place to write to
            connection.skip(octets);
            session.resetState();
            return Intake.refusal(e);
        }
        take(connection, octets, intake);
        if (last) return finish(session, intake);
        Optional<Reply> problem = intake.problem();
        if (problem.isEmpty()) return Reply.of(250, "2.0.0", octets + " octets taken");
        session.resetState();
        return problem.get();
    }

    private Intake begin(SmtpSession session, Submitter.Writing mail) {
        var intake = Intake.open(mailroom, settings, session, Letter.of(mail));
        session.begin(intake);
        return intake;
    }

    // A connection that ends in here throws: the sink is closed and nothing is delivered.
    private static void take(LineConnection connection, long octets, Intake intake)
            throws IOException {
        long left = octets;
        while (left > 0) {
            ByteBuffer there = connection.input();
            int some = (int) Math.min(left, there.remaining());
            intake.chunks().take(there.slice(there.position(), some));
            connection.consume(some);
            left -= some;
        }
    }

    private Reply finish(SmtpSession session, Intake intake) throws IOException {
        intake.chunks().end();
        try {
            return Handover.of(intake, mailroom);
        } finally {
            session.resetState();
        }
    }
}
