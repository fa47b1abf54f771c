package dev.sobre.smtp;

import java.util.List;
import org.apache.james.protocols.api.Response;

/**
 * One answer: reply code (RFC 5321 §4.2), enhanced status code (RFC 3463) and plain words.
 *
 * @param status empty for 3yz replies, which have none (RFC 2034 §4)
 * @param last whether the connection ends after it
 */
record Reply(int code, String status, String text, boolean last) implements Response {

    static Reply of(int code, String status, String text) {
        return new Reply(code, status, text, false);
    }

    /** The same, and the connection ends. */
    Reply andEnd() {
        return new Reply(code, status, text, true);
    }

    static Reply closing(String status, String text) {
        return new Reply(421, status, text, true);
    }

    String line() {
        return status.isEmpty() ? code + " " + text : code + " " + status + " " + text;
    }

    @Override
    public String getRetCode() {
        return Integer.toString(code);
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
