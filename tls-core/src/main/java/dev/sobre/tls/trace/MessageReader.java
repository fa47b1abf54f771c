package dev.sobre.tls.trace;

import java.util.Arrays;
import java.util.function.Consumer;

/** Puts the handshake messages of one direction together; keeps of each no more than 64 KiB. */
final class MessageReader {
    private static final int LIMIT = 64 * 1024;

    private final Consumer<Message> messages;
    private final byte[] header = new byte[Message.HEADER];
    private int headerLength;
    private byte[] kept = new byte[0];
    private int keptLength;
    private int left;

    MessageReader(Consumer<Message> messages) {
        this.messages = messages;
    }

    void take(byte[] content) {
        int at = 0;
        while (at < content.length) {
            if (headerLength < header.length) {
                header[headerLength++] = content[at++];
                if (headerLength == header.length) begin();
            } else {
                int here = Math.min(left, content.length - at);
                keep(content, at, here);
                left -= here;
                at += here;
            }
            if (headerLength == header.length && left == 0) end();
        }
    }

    private void begin() {
        left = announced();
        kept = Arrays.copyOf(header, Math.min(header.length + left, 1024));
        keptLength = header.length;
    }

    private void keep(byte[] content, int at, int count) {
        int room = Math.min(count, LIMIT - keptLength);
        if (keptLength + room > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(keptLength + room, 2 * kept.length));
        }
        System.arraycopy(content, at, kept, keptLength, room);
        keptLength += room;
    }

    private void end() {
        byte[] whole = Arrays.copyOf(kept, keptLength);
        headerLength = 0;
        kept = new byte[0];
        messages.accept(new Message(header[0] & 0xFF, whole, header.length + announced()));
    }

    private int announced() {
        return (header[1] & 0xFF) << 16 | (header[2] & 0xFF) << 8 | (header[3] & 0xFF);
    }
}
