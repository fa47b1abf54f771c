package dev.sobre.line;

/**
 * A line that a session's client or server said, as an administrator may see it: without secrets
 * and text of messages.
 */
public record TraceLine(String service, long session, boolean fromClient, String text) {

    @Override
    public String toString() {
        return service + "-" + session + (fromClient ? " C: " : " S: ") + text;
    }
}
