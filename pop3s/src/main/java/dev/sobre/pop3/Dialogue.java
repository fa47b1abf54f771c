package dev.sobre.pop3;

import java.io.IOException;
import java.util.List;
import org.apache.james.protocols.api.Response;

/**
 * An answer that a conversation follows.
 *
 * @param opening what is said first; empty for nothing
 * @param rest what the session's thread does then
 */
record Dialogue(String opening, Rest rest) implements Response {

    /** The rest of a conversation, up to its final answer. */
    @FunctionalInterface
    interface Rest {
        Response talk() throws IOException;
    }

    @Override
    public String getRetCode() {
        return "";
    }

    @Override
    public List<CharSequence> getLines() {
        return opening.isEmpty() ? List.of() : List.of(opening);
    }

    @Override
    public boolean isEndSession() {
        return false;
    }
}
