package dev.sobre.line.sasl;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few platform threads that compute password hashes, each with its own Argon2 memory, and the
 * bounded queue before them. Threads start when there is work and end, giving their memory back,
 * when there was none for a minute.
 *
 * <p>All verifiers of a JVM share one pool, because what it rations, cores and memory, belongs to
 * the machine: a thousand embedded servers with pools of their own would be 19 GiB per core.
 */
final class HashingPool {

    /** A piece of work, and what to do when it gets no place or fails with an exception. */
    record Job(Consumer<Argon2Memory> work, Runnable refused) {}

    private static final Logger LOG = LoggerFactory.getLogger(HashingPool.class);
    private static final int QUEUE = 64;
    private static final HashingPool SHARED =
            new HashingPool(
                    Runtime.getRuntime().availableProcessors(), QUEUE, Duration.ofMinutes(1));

    private final int most;
    private final long idleNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final FairQueue<ByteBuffer, Job> queue;
    private int threads;
    private int idle;

    HashingPool(int threads, int queue, Duration idle) {
        this.most = threads;
        this.queue = new FairQueue<>(queue);
        this.idleNanos = idle.toNanos();
    }

    static HashingPool shared() {
        return SHARED;
    }

    /** Queues a job, or refuses it or another one at once; never waits. */
    void submit(InetAddress peer, Job job) {
        Optional<Job> out;
        lock.lock();
        try {
            out = queue.offer(origin(peer), job);
            if (idle >= queue.size()) {
                work.signal();
            } else if (threads < most) {
                startThread();
            }
        } finally {
            lock.unlock();
        }
        out.ifPresent(loser -> loser.refused().run());
    }

    /** Whether somebody waits for a thread. */
    boolean busy() {
        lock.lock();
        try {
            return !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many threads there are, working or idle. */
    int threads() {
        lock.lock();
        try {
            return threads;
        } finally {
            lock.unlock();
        }
    }

    /** An IPv4 address, or the /64 that one subscriber of IPv6 usually has. */
    static ByteBuffer origin(InetAddress peer) {
        byte[] address = peer.getAddress();
        return ByteBuffer.wrap(address, 0, Math.min(address.length, 8));
    }

    private void startThread() {
        threads++;
        Thread.ofPlatform().daemon().name("sobre-passwords-" + threads).start(this::run);
    }

    private void run() {
        var memory = new Argon2Memory();
        for (var job = next(); job.isPresent(); job = next()) perform(job.get(), memory);
    }

    /** The next job; none when this thread has idled long enough and counts no more. */
    private Optional<Job> next() {
        lock.lock();
        try {
            idle++;
            long left = idleNanos;
            while (queue.isEmpty() && left > 0) left = work.awaitNanos(left);
            idle--;
            if (queue.isEmpty()) threads--;
            return queue.poll();
        } catch (InterruptedException nobodyDoesThat) {
            idle--;
            threads--;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private static void perform(Job job, Argon2Memory memory) {
        try {
            job.work().accept(memory);
        } catch (Throwable failed) { // lack of memory too: the caller must not wait for ever
            LOG.error("checking a password failed", failed);
            job.refused().run();
        }
    }
}
