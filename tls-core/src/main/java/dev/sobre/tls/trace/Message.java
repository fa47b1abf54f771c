package dev.sobre.tls.trace;

/**
 * A handshake message, put together from its records. RFC 8446 §4.
 *
 * @param whole header and body; cut short where {@code size} is larger
 * @param size of header and body as announced
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record Message(int type, byte[] whole, int size) {
    static final int HEADER = 4;
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int FINISHED = 20;
    static final int CERTIFICATE = 11;
    static final int CLIENT_KEY_EXCHANGE = 16;
}
