package dev.sobre.imap;

import dev.sobre.mail.Changes;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;

/**
 * What happened in a mailbox between two looks at it.
 *
 * @param gone messages that were there and are not any more
 * @param changed those, of the ones that were there, that may have other flags
 */
record MailboxNews(MailboxIndex before, MailboxIndex now, UidSet gone, UidSet changed) {

    static MailboxNews of(MailStore store, MailboxId id, MailboxIndex before, MailboxIndex now) {
        long since = before.state().highestModSeq();
        Changes changes =
                now.size() == 0 ? new Changes.TooOld(now.state()) : store.changes(id, since);
        UidSet vanished = UidSet.ALL;
        UidSet changed = UidSet.ALL;
        if (changes instanceof Changes.Since known) {
            vanished = known.vanished();
            changed = UidSet.of(known.updated().stream().map(Updated::uid).toList());
        }
        var gone = new UidSet.Builder();
        before.existing(vanished).stream().filter(uid -> now.find(uid) < 0).forEach(gone::add);
        return new MailboxNews(before, now, gone.build(), before.existing(changed));
    }

    boolean hasArrivals() {
        return now.size() > before.size() - gone.count();
    }
}
