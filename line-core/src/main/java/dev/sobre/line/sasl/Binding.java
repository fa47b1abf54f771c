package dev.sobre.line.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Whether a SCRAM exchange is bound to its TLS connection. RFC 5802 §6, RFC 9266. */
sealed interface Binding {

    String TYPE = "tls-exporter";

    /**
     * Whether the exchange may begin with this gs2-cbind-flag: {@code n}, {@code y}, {@code p=…}.
     */
    boolean admits(String flag);

    /**
     * What the client must send behind its gs2-header, to show that it sees the same connection.
     */
    default byte[] data() {
        return new byte[0];
    }

    /** What {@code c=} must be. */
    default String proof(String gs2Header) {
        byte[] header = gs2Header.getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(header, header.length + data().length);
        System.arraycopy(data(), 0, both, header.length, data().length);
        return Base64.getEncoder().encodeToString(both);
    }

    /** The connection can't be bound, so that -PLUS is not announced. */
    record Impossible() implements Binding {
        @Override
        public boolean admits(String flag) {
            return !flag.startsWith("p=");
        }
    }

    /**
     * -PLUS is announced and the client chose to do without. RFC 5802 §6: one that says {@code y}
     * would have bound the exchange and was not shown the announcement, so somebody took it away.
     */
    record Declined() implements Binding {
        @Override
        public boolean admits(String flag) {
            return flag.equals("n");
        }
    }

    /** The client chose -PLUS. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Bound(byte[] data) implements Binding {
        @Override
        public boolean admits(String flag) {
            return flag.equals("p=" + TYPE);
        }
    }
}
