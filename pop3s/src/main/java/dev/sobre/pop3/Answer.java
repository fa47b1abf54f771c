package dev.sobre.pop3;

import java.util.List;
import org.apache.james.protocols.api.Response;

/**
 * A one-line answer (RFC 1939 §3).
 *
 * @param text plain words, perhaps with a response code (RFC 2449 §8) before them
 * @param last whether the connection ends after it
 */
record Answer(boolean ok, String text, boolean last) implements Response {

    static Answer ok(String text) {
        return new Answer(true, text, false);
    }

    static Answer err(String text) {
        return new Answer(false, text, false);
    }

    Answer andClose() {
        return new Answer(ok, text, true);
    }

    String line() {
        return getRetCode() + " " + text;
    }

    @Override
    public String getRetCode() {
        return ok ? "+OK" : "-ERR";
    }

    @Override
    public List<CharSequence> getLines() {
        return List.of(line());
    }

    @Override
    public boolean isEndSession() {
        return last;
    }
}
