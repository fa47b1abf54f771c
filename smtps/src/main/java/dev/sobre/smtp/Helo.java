package dev.sobre.smtp;

import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.HeloCmdHandler;
import org.jspecify.annotations.Nullable;

/** James's HELO with an answer of ours. */
final class Helo extends HeloCmdHandler {

    Helo() {
        super(new NoMetrics());
    }

    @Override
    protected @Nullable Response doFilterChecks(
            SMTPSession session, String command, @Nullable String name) {
        Response problem = problem(name);
        return problem != null ? problem : super.doFilterChecks(session, command, name);
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, String name) {
        super.doCoreCmd(session, command, name);
        return new SMTPResponse("250", welcome(session));
    }

    /**
     * What is wrong with the name in HELO or EHLO. Names that are no host names are let pass (RFC
     * 5321 §4.1.4): mail clients send whatever their machine is called.
     */
    static @Nullable Response problem(@Nullable String name) {
        if (name == null || name.isBlank()) return Reply.of(501, "5.5.4", "give your host name");
        return name.length() > 255 ? Reply.of(501, "5.5.4", "the host name is too long") : null;
    }

    // The client's own name is not repeated: it may hold anything.
    static String welcome(SMTPSession session) {
        String client = session.getRemoteAddress().getAddress().getHostAddress();
        return session.getConfiguration().getHelloName() + " greets " + client;
    }
}
