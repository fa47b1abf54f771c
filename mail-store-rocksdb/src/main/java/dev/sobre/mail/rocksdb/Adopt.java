package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.Numbering;
import java.util.List;

/**
 * Gives a mailbox the numbers that its messages had elsewhere, when nothing else happened to it.
 */
record Adopt(MailboxId mailbox, MailboxState seen, Numbering numbering)
        implements Commit<MailboxState> {

    @Override
    public MailboxState stage(Group group) {
        var working = group.mailbox(mailbox);
        var after = working.counters().under(numbering);
        if (working.counters().holdsTheSameAs(seen)
                && after.isPresent()
                && Counters.useUidValidity(group, numbering.uidValidity())) {
            var state = working.state().with(after.get());
            working.step(new Delta.Changed(state, List.of()));
        }
        return working.counters();
    }
}
