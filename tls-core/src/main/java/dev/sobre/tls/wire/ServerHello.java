package dev.sobre.tls.wire;

import java.util.HexFormat;
import java.util.Optional;

/**
 * What a server chose. RFC 8446 §4.1.3.
 *
 * @param retry whether this is a HelloRetryRequest, which asks for another key share
 */
record ServerHello(
        int version, int suite, Optional<Integer> group, boolean preSharedKey, boolean retry) {

    /** RFC 8446 §4.1.3: the random of a HelloRetryRequest. */
    private static final byte[] RETRY =
            HexFormat.of()
                    .parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private static final int PRE_SHARED_KEY = 41;
    private static final int VERSIONS = 43;
    private static final int KEY_SHARE = 51;

    static ServerHello parse(Octets in) throws BadHello {
        int version = in.u16();
        boolean retry = in.startsWith(RETRY);
        in.skip(32);
        in.vector8(); // session id
        int suite = in.u16();
        in.u8(); // compression
        Optional<Integer> group = Optional.empty();
        boolean preSharedKey = false;
        var extensions = in.left() > 0 ? in.vector16() : in;
        while (extensions.left() > 0) {
            int type = extensions.u16();
            var body = extensions.vector16();
            switch (type) {
                case VERSIONS -> version = body.u16();
                case KEY_SHARE -> group = Optional.of(body.u16());
                case PRE_SHARED_KEY -> preSharedKey = true;
                default -> {} // of no interest to an observer
            }
        }
        return new ServerHello(version, suite, group, preSharedKey, retry);
    }
}
