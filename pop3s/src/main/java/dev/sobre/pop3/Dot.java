package dev.sobre.pop3;

import java.util.List;
import org.apache.james.protocols.api.Response;

/** The end of a long answer that was sent already (RFC 1939 §3). */
record Dot() implements Response {

    @Override
    public String getRetCode() {
        return "+OK";
    }

    @Override
    public List<CharSequence> getLines() {
        return List.of(".");
    }

    @Override
    public boolean isEndSession() {
        return false;
    }
}
