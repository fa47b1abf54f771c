package dev.sobre.line;

import java.io.IOException;

/** One client's conversation, in straight-line code on a virtual thread of its own. */
@FunctionalInterface
public interface LineSession {

    /** Holds the conversation; the connection is ended after it returns. */
    void run() throws IOException;
}
