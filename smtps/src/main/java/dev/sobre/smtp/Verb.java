package dev.sobre.smtp;

import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.jspecify.annotations.Nullable;

/**
 * A command of ours in James's chain. It reads and writes nothing itself: where a conversation
 * follows, it answers with a {@link Dialogue}.
 */
abstract class Verb implements CommandHandler<SMTPSession>, EhloExtension {

    private final List<String> words;

    Verb(String... words) {
        this.words = List.of(words);
    }

    /**
     * Answers the command.
     *
     * @param argument what stood behind the word, empty for nothing
     */
    abstract Response run(SmtpSession session, String argument) throws BadMessage;

    /** The lines this command adds to the answer to EHLO. */
    List<String> features(SmtpSession session) {
        return List.of();
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        @Nullable String argument = request.getArgument();
        try {
            return run((SmtpSession) session, argument == null ? "" : argument.strip());
        } catch (BadMessage e) {
            return e.reply();
        }
    }

    @Override
    public List<String> getImplCommands() {
        return words;
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return features((SmtpSession) session);
    }
}
