package dev.sobre.pop3;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.UidSet;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An inbox as it was at login (RFC 1939 §4), and the messages marked for deletion since. Positions
 * count from 0.
 */
final class Maildrop {

    private final MailStore store;
    private final AccountId account;
    private final MailboxId inbox;
    private final MailboxIndex index;
    private @Nullable UniqueIds uniqueIds;
    private final BitSet marked = new BitSet();

    Maildrop(MailStore store, AccountId account, MailboxId inbox) {
        this.store = store;
        this.account = account;
        this.inbox = inbox;
        this.index = store.index(inbox);
    }

    MailStore store() {
        return store;
    }

    AccountId account() {
        return account;
    }

    int size() {
        return index.size();
    }

    long octets(int position) {
        return index.octets(position);
    }

    long uid(int position) {
        return index.uid(position);
    }

    /** The unique ids of the messages, read when they are asked for first. */
    UniqueIds uniqueIds() {
        UniqueIds known = uniqueIds;
        if (known == null) known = UniqueIds.read(store, inbox, index);
        uniqueIds = known;
        return known;
    }

    /** What the store has of a message now; empty when someone else removed it meanwhile. */
    Optional<Message> message(int position) {
        try (var messages = store.messages(inbox, UidSet.of(index.uid(position)))) {
            return messages.next();
        }
    }

    boolean isMarked(int position) {
        return marked.get(position);
    }

    void mark(int position) {
        marked.set(position);
    }

    void unmarkAll() {
        marked.clear();
    }

    int markedCount() {
        return marked.cardinality();
    }

    /** Removes the marked messages, and no others (RFC 1939 §6, UPDATE). Durable on return. */
    void update() {
        if (marked.isEmpty()) return;
        var uids = new UidSet.Builder();
        marked.stream().forEach(position -> uids.add(index.uid(position)));
        UidSet gone = uids.build();
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.DELETED));
        store.store(inbox, gone, deleted, Long.MAX_VALUE);
        store.expunge(inbox, gone);
    }
}
