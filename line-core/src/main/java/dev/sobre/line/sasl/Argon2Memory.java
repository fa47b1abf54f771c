package dev.sobre.line.sasl;

import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The memory in which one thread computes Argon2: 19 MiB, taken at the first hash and kept for the
 * next ones (docs/decisions/0002-argon2.md). The blocks are wiped after each hash.
 */
final class Argon2Memory {

    /** Held while a hash needs more than the standard memory, so that only one does at a time. */
    private static final ReentrantLock LARGE = new ReentrantLock();

    private final FixedBlockPool blocks =
            new FixedBlockPool(
                    Argon2BytesGenerator.getBlockCount(
                            Argon2Cost.STANDARD.memory(), Argon2Cost.STANDARD.lanes()));
    private long hashes;

    /** How many hashes were computed here. */
    long hashes() {
        return hashes;
    }

    /**
     * Fills {@code hash} with the hash that these parameters give; their block pool is this one.
     */
    void compute(
            Argon2Cost cost, Argon2Parameters.Builder parameters, byte[] password, byte[] hash) {
        var complete =
                parameters
                        .withMemoryAsKB(cost.memory())
                        .withIterations(cost.passes())
                        .withParallelism(cost.lanes())
                        .withBlockPool(blocks)
                        .build();
        hashes++;
        boolean large = cost.memory() > Argon2Cost.STANDARD.memory();
        if (large) LARGE.lock();
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(complete);
            generator.generateBytes(password, hash);
        } finally {
            if (large) LARGE.unlock();
        }
    }
}
