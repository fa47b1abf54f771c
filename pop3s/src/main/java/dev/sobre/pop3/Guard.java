package dev.sobre.pop3;

import java.util.List;
import java.util.Set;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.pop3.POP3Session;
import org.jspecify.annotations.Nullable;

/**
 * Stands before James's handlers and refuses, in words, what they can't take: commands before
 * login, and what is no number of a message.
 */
final class Guard implements CommandHandler<POP3Session> {

    private static final Set<String> WITH_NUMBER = Set.of("LIST", "DELE");

    @Override
    public List<String> getImplCommands() {
        return List.of("LIST", "DELE", "STAT", "NOOP");
    }

    /** Nothing means: go on to the next handler. */
    @Override
    public @Nullable Response onCommand(POP3Session session, Request request) {
        var maildrop = ((Pop3Session) session).maildrop();
        if (maildrop.isEmpty()) return Answer.err("log in first");
        @Nullable String argument = request.getArgument();
        if (!WITH_NUMBER.contains(request.getCommand())) return null;
        if (argument == null) {
            return request.getCommand().equals("DELE") ? MessageNumber.missing() : null;
        }
        return switch (MessageNumber.parse(argument.strip(), maildrop.get())) {
            case MessageNumber.Wrong(Answer answer) -> answer;
            case MessageNumber.Of n -> null;
        };
    }
}
