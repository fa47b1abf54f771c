package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxId;
import java.util.List;
import java.util.Optional;

/** Packs some parts of a mailbox's index, as they are then; says whether it is still in memory. */
record SaveIndex(MailboxId id, List<Long> parts) implements Commit<Boolean> {

    @Override
    public Boolean stage(Group group) {
        Optional<Working> mailbox = group.inMemory(id);
        if (mailbox.isEmpty()) return false;
        var index = mailbox.get().index();
        for (long part : parts) {
            long first = SavedIndex.first(part);
            long last = SavedIndex.first(part + 1) - 1;
            int at = index.find(first);
            if (at < 0) at = -at - 1;
            if (at == index.size() || index.uid(at) > last) continue; // its messages went
            group.put(SavedIndex.key(id, part), SavedIndex.encode(index, id, part));
        }
        mailbox.get().saved();
        return true;
    }
}
