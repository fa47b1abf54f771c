package dev.sobre.tls.trace;

import dev.sobre.tls.wire.BadHello;
import dev.sobre.tls.wire.Numbers;
import dev.sobre.tls.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A ClientHello or a ServerHello with all that it says. RFC 8446 §4.1.
 *
 * @param legacyVersion the version field, which since TLS 1.3 says 1.2 at most
 * @param suites the client's list, or the one that the server chose
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record Hello(
        int legacyVersion,
        byte[] random,
        byte[] sessionId,
        List<Integer> suites,
        List<Extension> extensions) {

    static final int KEY_SHARE = 51;
    static final int VERSIONS = 43;
    static final int PRE_SHARED_KEY = 41;
    static final int EXTENDED_MASTER_SECRET = 23;

    /** RFC 8446 §4.1.3: the random of a HelloRetryRequest. */
    private static final byte[] RETRY =
            HexFormat.of()
                    .parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private static final int EXTENSION_LIMIT = 64;

    /** An extension, unread. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Extension(int type, byte[] body) {
        Octets octets() {
            return new Octets(body);
        }
    }

    static Hello client(Octets in) throws BadHello {
        int version = in.u16();
        byte[] random = in.bytes(32);
        byte[] session = in.vector8().rest();
        var suites = in.vector16().numbers();
        in.vector8(); // compression
        return new Hello(version, random, session, suites, extensions(in));
    }

    static Hello server(Octets in) throws BadHello {
        int version = in.u16();
        byte[] random = in.bytes(32);
        byte[] session = in.vector8().rest();
        int suite = in.u16();
        in.u8(); // compression
        return new Hello(version, random, session, List.of(suite), extensions(in));
    }

    static List<Extension> extensions(Octets in) throws BadHello {
        if (in.left() == 0) return List.of();
        var all = new ArrayList<Extension>();
        var list = in.vector16();
        while (list.left() > 0) {
            all.add(new Extension(list.u16(), list.vector16().rest()));
            if (all.size() > EXTENSION_LIMIT) throw BadHello.malformed("too many extensions");
        }
        return all;
    }

    Optional<Extension> extension(int type) {
        return extensions.stream().filter(e -> e.type == type).findFirst();
    }

    boolean has(int type) {
        return extension(type).isPresent();
    }

    boolean retry() {
        return Arrays.equals(random, RETRY);
    }

    /** What a server's hello chose. RFC 8446 §4.2.1. */
    int version() {
        return extension(VERSIONS)
                .filter(e -> e.body.length == 2)
                .map(e -> (e.body[0] & 0xFF) << 8 | (e.body[1] & 0xFF))
                .orElse(legacyVersion);
    }

    boolean tls13() {
        return version() == Numbers.TLS_1_3;
    }

    int suite() {
        return suites.getFirst();
    }
}
