package dev.sobre.line.sasl;

/**
 * What one Argon2 hash costs. RFC 9106 §3.1.
 *
 * @param memory in KiB
 * @param passes over that memory
 * @param lanes computed one after the other here
 */
record Argon2Cost(int memory, int passes, int lanes) {

    /** OWASP's minimum for Argon2id, and what new hashes here cost. */
    static final Argon2Cost STANDARD = new Argon2Cost(19_456, 2, 1);

    private static final int MOST_MEMORY = 131_072;
    private static final int MOST_LANES = 16;
    private static final long MOST_WORK = 1_048_576; // KiB filled, in all passes; under two seconds

    /**
     * Whether a login may cost this. Stored hashes come from elsewhere and can ask for anything.
     */
    boolean bearable() {
        return lanes >= 1
                && lanes <= MOST_LANES
                && memory >= 8 * lanes // RFC 9106 §3.1
                && memory <= MOST_MEMORY
                && passes >= 1
                && (long) memory * passes <= MOST_WORK;
    }
}
