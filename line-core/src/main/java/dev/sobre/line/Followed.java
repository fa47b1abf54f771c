package dev.sobre.line;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What is told of a connection to somebody who follows its user's sessions; mostly nothing. */
final class Followed {

    private final String service;
    private final long id;
    private volatile @Nullable TracedLines lines;
    private volatile @Nullable Traces traces;

    Followed(String service, long id) {
        this.service = service;
        this.id = id;
    }

    /** Says who may follow the session; before it runs. */
    void by(Traces followers) {
        traces = followers;
    }

    /** Begins or ends, as somebody wishes it; from any thread. */
    void check(@Nullable String user) {
        Traces followers = traces;
        if (user == null || followers == null || !followers.follows(user)) {
            lines = null;
        } else if (lines == null) {
            lines =
                    new TracedLines(
                            (client, text) ->
                                    followers.tell(user, new TraceLine(service, id, client, text)));
        }
    }

    void client(byte[] line) {
        var told = lines;
        if (told != null) told.client(line);
    }

    void server(byte[] octets, int from, int length) {
        var told = lines;
        if (told != null) told.server(octets, from, length);
    }

    void server(ByteBuffer octets) {
        var told = lines;
        if (told == null) return;
        for (int i = octets.position(); i < octets.limit(); i++) told.server(octets.get(i));
    }

    void body(long length) {
        var told = lines;
        if (told != null) told.body(length);
    }
}
