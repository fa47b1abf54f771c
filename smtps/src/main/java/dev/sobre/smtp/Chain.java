package dev.sobre.smtp;

import dev.sobre.mail.Authenticator;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.api.handler.ProtocolHandlerChainImpl;
import org.apache.james.protocols.api.handler.WiringException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.ExpnCmdHandler;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;

/** The commands of submission, one handler each, in James's chain. Shared by all sessions. */
final class Chain {

    private final CommandDispatcher<SMTPSession> dispatcher = new CommandDispatcher<>();

    Chain(SmtpSettings settings, Authenticator authenticator, Mailroom mailroom, Gate gate) {
        var allowance = settings.allowance();
        var chain = new ProtocolHandlerChainImpl();
        chain.add(dispatcher);
        chain.add(new Ehlo());
        chain.add(new Helo());
        chain.add(new Auth(authenticator, settings.withheld()));
        chain.add(new Mail(authenticator, mailroom, allowance, gate));
        chain.add(new Rcpt(mailroom, allowance, gate));
        chain.add(new Data(mailroom, settings));
        chain.add(new Bdat(mailroom, settings));
        chain.add(new PlainVerbs.Rset());
        chain.add(new NoopCmdHandler());
        chain.add(new PlainVerbs.Quit());
        chain.add(new ExpnCmdHandler());
        chain.add(new PlainVerbs.Vrfy());
        chain.add(new PlainVerbs.Help());
        chain.add(new PlainVerbs.Unknown());
        try {
            chain.wireExtensibleHandlers();
        } catch (WiringException e) {
            throw new IllegalStateException("the chain of commands does not hold together", e);
        }
    }

    /** The answer to one command line. */
    Response answer(SmtpSession session, byte[] line) {
        return dispatcher.onLine(session, line);
    }
}
