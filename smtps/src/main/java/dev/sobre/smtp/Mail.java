package dev.sobre.smtp;

import dev.sobre.line.Farewell;
import dev.sobre.mail.Account;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MAIL: begins a mail and says who it is from. RFC 5321 §4.1.1.2, {@link Asked}. */
final class Mail extends Verb {

    private static final Logger LOG = LoggerFactory.getLogger(Mail.class);

    private static final String DELIVERBY = "DELIVERBY " + TimingReader.SHORTEST; // RFC 2852 §2

    private final Authenticator authenticator;
    private final Mailroom mailroom;
    private final Allowance allowance;
    private final Gate gate;

    Mail(Authenticator authenticator, Mailroom mailroom, Allowance allowance, Gate gate) {
        super("MAIL");
        this.authenticator = authenticator;
        this.mailroom = mailroom;
        this.allowance = allowance;
        this.gate = gate;
    }

    @Override
    List<String> features(SmtpSession session) {
        var all = new ArrayList<>(List.of("SIZE " + allowance.octets(), "SMTPUTF8"));
        if (mailroom.reports()) all.addAll(List.of("DSN", "MT-PRIORITY MIXER", DELIVERBY));
        if (mailroom.longestHold().isPositive()) all.add(futureRelease(mailroom.longestHold()));
        all.add(allowance.limits());
        return all;
    }

    // RFC 4865 §3
    private static String futureRelease(Duration longest) {
        Instant last = Instant.now().plus(longest).truncatedTo(ChronoUnit.SECONDS);
        return "FUTURERELEASE " + longest.toSeconds() + " " + last;
    }

    @Override
    Response run(SmtpSession session, String argument) throws BadMessage {
        if (allowance.mails() > 0 && session.countMail() > allowance.mails()) {
            return Reply.of(452, "4.5.3", "no more mails on this connection; open another");
        }
        return switch (session.submitter()) {
            case Submitter.Unknown() -> Reply.of(530, "5.7.0", "log in first"); // RFC 4954 §6
            case Submitter.Writing w ->
                    Reply.of(503, "5.5.1", "a mail is under way; RSET drops it");
            case Submitter.Idle(Account account) -> begin(session, account, argument);
        };
    }

    /** The login may be of yesterday, so the account is looked up anew. */
    private Reply begin(SmtpSession session, Account then, String argument) throws BadMessage {
        try {
            Optional<Account> now = authenticator.current(then);
            if (now.isPresent()) return open(session, now.get(), argument);
        } catch (StoreException e) {
            LOG.warn("an account could not be looked up: {}", e.getMessage(), e);
            return Reply.of(451, "4.3.0", "accounts can't be looked up now; try again later");
        }
        session.connection().dismiss(Farewell.ACCOUNT_CHANGED);
        return Reply.of(550, "5.7.1", "your account is no longer there");
    }

    private Reply open(SmtpSession session, Account account, String argument) throws BadMessage {
        if (session.greeted().isEmpty()) return Reply.of(503, "5.5.1", "say EHLO first");
        var reader = new PathReader(argument, "FROM:", "5.1.7");
        Optional<MailPath> sender = reader.reversePath();
        var asked =
                Asked.of(
                        Parameter.parse(reader.rest()),
                        allowance.octets(),
                        mailroom.reports(),
                        mailroom.longestHold());
        if (!asked.utf8() && !sender.map(MailPath::isAscii).orElse(true)) { // RFC 6531 §3.5
            return Reply.of(550, "5.6.7", "an address beyond ASCII needs SMTPUTF8");
        }
        if (!maySend(account, sender)) {
            return Reply.of(553, "5.7.1", "you may send only from an address of your own");
        }
        if (asked.timing().release().isPresent()) {
            Optional<Reply> full = mailroom.postpone(account, asked.octets());
            if (full.isPresent()) return full.get();
        }
        var peer = session.connection().remote().getAddress();
        Optional<Reply> tooMuch = gate.begin(account, peer);
        if (tooMuch.isPresent()) return tooMuch.get();
        session.enter(Submitter.Writing.from(account, sender, asked), () -> gate.end(account));
        return Reply.of(250, "2.1.0", "OK");
    }

    // RFC 6409 §6.1. The null sender is everyone's: read receipts must have it (RFC 8098 §3).
    private boolean maySend(Account account, Optional<MailPath> sender) {
        return sender.isEmpty() || mailroom.owns(account, sender.get());
    }

    static Reply tooBig(long limit) {
        return Reply.of(552, "5.3.4", "the message is larger than " + limit + " octets");
    }
}
