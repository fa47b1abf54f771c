package dev.sobre.pop3;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.pop3.POP3Session;
import org.apache.james.protocols.pop3.core.CapaCapability;
import org.jspecify.annotations.Nullable;

/**
 * A command of ours in James's chain. It reads and writes nothing itself: where a conversation
 * follows, it answers with a {@link Dialogue}.
 */
abstract class Verb implements CommandHandler<POP3Session>, CapaCapability {

    private final List<String> words;

    Verb(String... words) {
        this.words = List.of(words);
    }

    /**
     * Answers the command.
     *
     * @param argument what stood behind the word and one space; empty for nothing
     */
    abstract Response run(Pop3Session session, String argument);

    /** The lines this command adds to the answer to CAPA. */
    Set<String> capabilities(Pop3Session session) {
        return Set.of();
    }

    @Override
    public final Response onCommand(POP3Session session, Request request) {
        @Nullable String argument = request.getArgument();
        return run((Pop3Session) session, argument == null ? "" : argument);
    }

    @Override
    public Collection<String> getImplCommands() {
        return words;
    }

    @Override
    public Set<String> getImplementedCapabilities(POP3Session session) {
        return capabilities((Pop3Session) session);
    }
}
