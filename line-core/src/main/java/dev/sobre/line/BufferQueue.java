package dev.sobre.line;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Buffers handed from one thread to one other thread, without locks. A linked list instead of
 * Netty's padded queues, which cost 392 bytes each: most connections are idle.
 */
final class BufferQueue {

    private static final class Node {
        private @Nullable ByteBuf buffer;
        private volatile @Nullable Node next;

        private Node(@Nullable ByteBuf buffer) {
            this.buffer = buffer;
        }
    }

    private Node head = new Node(null); // the taker's: the node taken last
    private Node tail = head; // the giver's

    /** Adds a buffer; called by the giver only. */
    void offer(ByteBuf buffer) {
        var node = new Node(buffer);
        tail.next = node;
        tail = node;
    }

    /** Takes the oldest buffer, or null when there is none; called by the taker only. */
    @Nullable ByteBuf poll() {
        Node first = head.next;
        if (first == null) return null;
        head = first;
        ByteBuf buffer = first.buffer;
        first.buffer = null;
        return buffer;
    }

    /** Whether nothing is there; called by the taker only. */
    boolean isEmpty() {
        return head.next == null;
    }
}
