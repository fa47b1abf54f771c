package dev.sobre.smtp;

import dev.sobre.line.Farewell;
import dev.sobre.mail.Account;
import dev.sobre.mail.Authenticator;
import dev.sobre.mail.StoreException;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MAIL: begins a mail and says who it is from. RFC 5321 §4.1.1.2, RFC 1870, RFC 6152. */
final class Mail extends Verb {

    private static final Logger LOG = LoggerFactory.getLogger(Mail.class);

    private final Authenticator authenticator;
    private final Mailroom mailroom;
    private final long limit;

    Mail(Authenticator authenticator, Mailroom mailroom, long limit) {
        super("MAIL");
        this.authenticator = authenticator;
        this.mailroom = mailroom;
        this.limit = limit;
    }

    @Override
    List<String> features(SmtpSession session) {
        return List.of("SIZE " + limit);
    }

    @Override
    Response run(SmtpSession session, String argument) throws BadMessage {
        return switch (session.submitter()) {
            case Submitter.Unknown() -> Reply.of(530, "5.7.0", "log in first"); // RFC 4954 §6
            case Submitter.Writing w ->
                    Reply.of(503, "5.5.1", "a mail is under way; RSET drops it");
            case Submitter.Idle(Account account) -> begin(session, account, argument);
        };
    }

    /** The login may be of yesterday, so the account is looked up anew. */
    private Reply begin(SmtpSession session, Account then, String argument) throws BadMessage {
        Optional<Account> now;
        try {
            now = authenticator.current(then);
        } catch (StoreException e) {
            LOG.warn("an account could not be looked up: {}", e.getMessage(), e);
            return Reply.of(451, "4.3.0", "accounts can't be looked up now; try again later");
        }
        if (now.isPresent()) return open(session, now.get(), argument);
        session.connection().dismiss(Farewell.ACCOUNT_CHANGED);
        return Reply.of(550, "5.7.1", "your account is no longer there");
    }

    private Reply open(SmtpSession session, Account account, String argument) throws BadMessage {
        if (session.greeted().isEmpty()) return Reply.of(503, "5.5.1", "say EHLO first");
        var reader = new PathReader(argument, "FROM:", "5.1.7");
        Optional<MailPath> sender = reader.reversePath();
        long octets = 0;
        for (Parameter parameter : Parameter.parse(reader.rest())) {
            octets = Math.max(octets, check(parameter));
        }
        if (!maySend(account, sender)) {
            return Reply.of(553, "5.7.1", "you may send only from an address of your own");
        }
        session.enter(Submitter.Writing.from(account, sender, octets));
        return Reply.of(250, "2.1.0", "OK");
    }

    /** The size that a parameter says; 0 where it says none. */
    private long check(Parameter parameter) throws BadMessage {
        return switch (parameter.keyword()) {
            case "SIZE" -> size(parameter.value());
            case "BODY" -> body(parameter.value());
            case "AUTH" -> 0; // RFC 4954 §5: accepted; we believe the login, not the client
            default -> throw parameter.unknown();
        };
    }

    private long size(String value) throws BadMessage {
        if (!value.matches("[0-9]{1,20}")) { // RFC 1870 §4
            throw new BadMessage(Reply.of(501, "5.5.4", "SIZE wants a number"));
        }
        if (value.length() > 18 || Long.parseLong(value) > limit) {
            throw new BadMessage(tooBig(limit));
        }
        return Long.parseLong(value);
    }

    private static long body(String value) throws BadMessage {
        if (value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME")) return 0;
        throw new BadMessage(Reply.of(501, "5.5.4", "BODY is 7BIT or 8BITMIME"));
    }

    // RFC 6409 §6.1. The null sender is everyone's: read receipts must have it (RFC 8098 §3).
    private boolean maySend(Account account, Optional<MailPath> sender) {
        return sender.isEmpty() || mailroom.owns(account, sender.get());
    }

    static Reply tooBig(long limit) {
        return Reply.of(552, "5.3.4", "the message is larger than " + limit + " octets");
    }
}
