package dev.sobre.mail.rocksdb;

/** Lets a test act while a compaction pauses. */
final class Steps implements Pace {

    volatile Runnable next = () -> {};

    @Override
    public void moved(long octets) {
        next.run();
    }

    /** Has something done once, at the pause after so many others. */
    void at(int pause, Runnable act) {
        int[] left = {pause};
        next =
                () -> {
                    if (left[0]-- == 0) act.run();
                };
    }
}
