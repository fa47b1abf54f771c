package dev.sobre.tls.trace;

/**
 * A record as it goes over the wire. RFC 8446 §5.1.
 *
 * @param size of the fragment, without the header
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record WireRecord(int type, byte[] fragment, int size) {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;
    static final int HEADER = 5;

    static String word(int type) {
        return switch (type) {
            case CHANGE_CIPHER_SPEC -> "change_cipher_spec";
            case ALERT -> "alert";
            case HANDSHAKE -> "handshake";
            case APPLICATION_DATA -> "application_data";
            default -> "unknown";
        };
    }
}
