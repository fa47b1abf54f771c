package dev.sobre.mail.search;

import java.util.BitSet;

/** For which messages of a mailbox one key holds, and for which it does not, as far as known. */
final class Answer {

    static final Answer NONE = new Answer(0, new BitSet(0), new BitSet(0));

    private final long base; // the UID that the first bits stand for
    private final BitSet asked;
    private final BitSet holds;

    private Answer(long base, BitSet asked, BitSet holds) {
        this.base = base;
        this.asked = asked;
        this.holds = holds;
    }

    Truth of(long uid) {
        int bit = Math.clamp(uid - base, -1, Integer.MAX_VALUE);
        return bit < 0 || !asked.get(bit) ? Truth.MAYBE : Truth.of(holds.get(bit));
    }

    long octets() {
        return ((long) asked.size() + holds.size()) / Byte.SIZE;
    }

    /** Gathers what one search finds out. */
    static final class Learner {
        private final long base;
        private final BitSet asked = new BitSet(0);
        private final BitSet holds = new BitSet(0);

        /**
         * @param base no message below this UID is learnt of
         */
        Learner(long base) {
            this.base = base;
        }

        void learn(long uid, boolean truth) {
            long bit = uid - base;
            if (bit < 0 || bit > Integer.MAX_VALUE / 2) return;
            asked.set((int) bit);
            if (truth) holds.set((int) bit);
        }

        boolean isEmpty() {
            return asked.isEmpty();
        }

        /** Both together; of what was known, only of messages from the base on: others are gone. */
        Answer with(Answer old) {
            var all = (BitSet) asked.clone();
            var yes = (BitSet) holds.clone();
            long shift = base - old.base;
            if (shift >= 0 && shift < old.asked.length()) {
                all.or(old.asked.get((int) shift, old.asked.length()));
                yes.or(old.holds.get((int) shift, old.asked.length()));
            }
            return new Answer(base, all, yes);
        }
    }
}
