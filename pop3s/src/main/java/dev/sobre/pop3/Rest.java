package dev.sobre.pop3;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.UnknownCommandHandler;
import org.apache.james.protocols.pop3.POP3Session;

/** Every word that no other verb has, and the capabilities that belong to no verb. */
final class Rest extends Verb {

    Rest() {
        super(UnknownCommandHandler.COMMAND_IDENTIFIER);
    }

    @Override
    Response run(Pop3Session session, String argument) {
        return Answer.err("there is no such command");
    }

    // RFC 2449 §6.5, §6.9; RFC 3206 §6.
    @Override
    public Set<String> getImplementedCapabilities(POP3Session session) {
        return new LinkedHashSet<>(List.of("RESP-CODES", "AUTH-RESP-CODE", "IMPLEMENTATION Sobre"));
    }
}
