package dev.sobre.line;

import java.util.List;

/**
 * What a protocol brings to a {@link LineServer}: sessions, and the words of a server's farewell.
 */
public interface LineProtocol {

    /** The service's name, as logs and the list of sessions show it: {@code imaps}. */
    String name();

    /** The protocol's ALPN names (RFC 7301); empty when it has none registered. */
    default List<String> alpn() {
        return List.of();
    }

    /**
     * Whether its sessions run code of others, such as an embedder's, that may hold up the thread
     * which it runs on: then no event loop carries them.
     */
    default boolean isForeign() {
        return false;
    }

    /** Makes the session of a new connection; called on the session's own thread. */
    LineSession session(LineConnection connection);

    /** A whole reply, CRLF included, said before the server ends a session; may be empty. */
    String farewell(Farewell why);
}
