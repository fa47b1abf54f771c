package dev.sobre.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a disk gives to whoever only appends octets and waits until they are on it: one thread
 * writes all that wait, calls {@code fdatasync} once and answers. The limit of any durable store.
 */
final class GroupCommit implements AutoCloseable {

    private record Waiting(ByteBuffer octets, CompletableFuture<Void> done) {}

    private static final int MOST = 256;

    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final FileChannel file;
    private final Thread writer;

    GroupCommit(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.WRITE);
        this.writer = Thread.ofPlatform().daemon().start(this::run);
    }

    /** Returns when the octets are durable. */
    void append(byte[] octets) {
        var waiting = new Waiting(ByteBuffer.wrap(octets), new CompletableFuture<>());
        queue.add(waiting);
        waiting.done.join();
    }

    private void run() {
        try {
            var buffer = ByteBuffer.allocateDirect(1 << 20);
            while (!Thread.currentThread().isInterrupted()) {
                List<Waiting> group = new ArrayList<>(List.of(queue.take()));
                queue.drainTo(group, MOST - 1);
                for (var each : group) {
                    if (buffer.remaining() < each.octets.remaining()) drain(buffer);
                    buffer.put(each.octets);
                }
                drain(buffer);
                file.force(false);
                group.forEach(each -> each.done.complete(null));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            queue.forEach(each -> each.done.completeExceptionally(e));
        }
    }

    private void drain(ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) file.write(buffer);
        buffer.clear();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        writer.interrupt();
        writer.join();
        file.close();
    }
}
