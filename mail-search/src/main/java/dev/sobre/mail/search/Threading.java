package dev.sobre.mail.search;

import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.UidSet;
import java.util.List;

/** A threading under way: gathers what is asked of messages, and puts them together. */
final class Threading implements Workers.Work {

    /** About so many octets of messages and their references one threading may hold. */
    private static final long MOST_OCTETS = 128 << 20;

    /** Puts messages together that come in the order of the mailbox. */
    interface Builder {
        void add(ThreadEntry entry);

        List<ThreadNode> threads();
    }

    private final MailStore store;
    private final MailboxIndex now;
    private final ThreadAlgorithm algorithm;
    private final Walk walk;
    private final Builder builder;
    private List<ThreadNode> threads = List.of();
    private long held;

    Threading(
            MailStore store,
            MailboxId mailbox,
            MailboxIndex now,
            UidSet which,
            ThreadAlgorithm algorithm,
            Runnable check) {
        this.store = store;
        this.now = now;
        this.algorithm = algorithm;
        this.walk = new Walk(store, mailbox, now, which, check);
        this.builder =
                switch (algorithm) {
                    case ORDEREDSUBJECT -> new SubjectThreads();
                    case REFERENCES -> new ReferenceThreads();
                };
    }

    @Override
    public boolean turn(long until) {
        if (walk.turn(until, this::add)) return true;
        threads = builder.threads();
        return false;
    }

    private void add(int at, Message message) {
        ThreadEntry entry =
                switch (algorithm) {
                    case ORDEREDSUBJECT -> ThreadEntry.bySubject(now, at, message);
                    case REFERENCES -> ThreadEntry.of(store, now, at, message);
                };
        held += entry.size();
        if (held > MOST_OCTETS) throw Workers.tooMuch();
        builder.add(entry);
    }

    List<ThreadNode> threads() {
        return threads;
    }
}
