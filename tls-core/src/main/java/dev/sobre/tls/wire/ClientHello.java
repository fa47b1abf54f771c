package dev.sobre.tls.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a client offers. RFC 8446 §4.1.2.
 *
 * @param versions protocol versions such as 0x0304, by the client's preference; without the
 *     extension (RFC 8446 §4.2.1) the one version of the hello itself
 * @param suites cipher suites by number
 * @param serverName the name it asks for, in lower case
 * @param alpn application protocols
 * @param groups key exchange groups by number; empty where it names none
 * @param signatureSchemes by number; empty where it names none
 * @param session whether it asks for an earlier session to be continued, by ticket or by id
 * @param earlyData whether it sends data ahead of the handshake's end. RFC 8446 §4.2.10
 */
public record ClientHello(
        List<Integer> versions,
        List<Integer> suites,
        Optional<String> serverName,
        List<String> alpn,
        List<Integer> groups,
        List<Integer> signatureSchemes,
        boolean session,
        boolean earlyData) {

    private static final Pattern HOST = Pattern.compile("[a-z0-9_.-]{1,255}");
    private static final int SERVER_NAME = 0;
    private static final int GROUPS = 10;
    private static final int SIGNATURES = 13;
    private static final int ALPN = 16;
    private static final int SESSION_TICKET = 35;
    private static final int PRE_SHARED_KEY = 41;
    private static final int EARLY_DATA = 42;
    private static final int VERSIONS = 43;

    public ClientHello {
        versions = List.copyOf(versions);
        suites = List.copyOf(suites);
        alpn = List.copyOf(alpn);
        groups = List.copyOf(groups);
        signatureSchemes = List.copyOf(signatureSchemes);
    }

    public boolean offers(int version) {
        return versions.contains(version);
    }

    /** Reads the body of the message, without its handshake header. */
    static ClientHello parse(Octets in) throws BadHello {
        int version = in.u16();
        in.skip(32); // random
        boolean id = in.vector8().left() > 0;
        var suites = in.vector16().numbers();
        in.vector8(); // compression
        var found = new Extensions(version);
        if (in.left() > 0) found.read(in.vector16());
        if (in.left() > 0) throw BadHello.malformed("bytes follow the end of the hello");
        return new ClientHello(
                found.versions,
                suites,
                found.serverName,
                found.alpn,
                found.groups,
                found.signatureSchemes,
                found.session(id),
                found.seen.contains(EARLY_DATA));
    }

    /** What the extensions said so far. */
    private static final class Extensions {
        private final Set<Integer> seen = new HashSet<>();
        private List<Integer> versions;
        private Optional<String> serverName = Optional.empty();
        private List<String> alpn = List.of();
        private List<Integer> groups = List.of();
        private List<Integer> signatureSchemes = List.of();
        private boolean ticket;

        Extensions(int version) {
            // RFC 8446 §4.2.1: without the extension, 0x0303 at most, and all below is implied.
            this.versions = List.of(Math.min(version, 0x0303));
        }

        void read(Octets in) throws BadHello {
            while (in.left() > 0) {
                int type = in.u16();
                var body = in.vector16();
                // RFC 8446 §4.2: no more than one of a type.
                if (!seen.add(type)) throw BadHello.malformed("extension " + type + " comes twice");
                take(type, body);
            }
        }

        /** RFC 8446 §4.1.2: where TLS 1.3 is offered, a session id may be there for looks. */
        boolean session(boolean id) {
            return ticket || (id && !versions.contains(Numbers.TLS_1_3));
        }

        private void take(int type, Octets body) throws BadHello {
            switch (type) {
                case SERVER_NAME -> serverName = name(body.vector16());
                case GROUPS -> groups = body.vector16().numbers();
                case SIGNATURES -> signatureSchemes = body.vector16().numbers();
                case ALPN -> alpn = protocols(body.vector16());
                case VERSIONS -> versions = body.vector8().numbers();
                case SESSION_TICKET ->
                        ticket |= body.left() > 0; // RFC 5077 §3.2: empty asks for one
                case PRE_SHARED_KEY -> ticket = true;
                default -> {} // the engine's business
            }
        }

        private static Optional<String> name(Octets list) throws BadHello {
            while (list.left() > 0) {
                int type = list.u8();
                String name = list.vector16().text().toLowerCase(Locale.ROOT);
                // What is no host name would only end up in a log.
                if (type == 0) return Optional.of(name).filter(HOST.asMatchPredicate());
            }
            return Optional.empty();
        }

        private static List<String> protocols(Octets list) throws BadHello {
            var all = new ArrayList<String>();
            while (list.left() > 0) all.add(list.vector8().text());
            return all;
        }
    }
}
