package dev.sobre.mail.memory;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.EntryName;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Metadata;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The annotations of a store in memory. */
final class MemoryMetadata implements Metadata {

    private static final SortedMap<String, ByteBuffer> NONE =
            Collections.unmodifiableSortedMap(new TreeMap<>());

    private final Consumer<MailboxId> requireMailbox;
    private final Consumer<AccountId> requireAccount;
    private final Consumer<MailboxId> annotated;
    private final Consumer<MailboxId> hints;
    private final Map<MailboxId, SortedMap<String, ByteBuffer>> entries = new HashMap<>();

    /** Is told how to refuse what does not exist, and whom to tell of changes that were made. */
    MemoryMetadata(
            Consumer<MailboxId> requireMailbox,
            Consumer<AccountId> requireAccount,
            Consumer<MailboxId> annotated,
            Consumer<MailboxId> hints) {
        this.annotated = annotated;
        this.hints = hints;
        this.requireMailbox = requireMailbox;
        this.requireAccount = requireAccount;
    }

    @Override
    public synchronized SortedMap<String, ByteBuffer> of(MailboxId mailbox) {
        requireMailbox.accept(mailbox);
        return entries.getOrDefault(mailbox, NONE);
    }

    @Override
    public synchronized SortedMap<String, ByteBuffer> of(AccountId account) {
        requireAccount.accept(account);
        return entries.getOrDefault(own(account), NONE);
    }

    @Override
    public void change(MailboxId mailbox, Map<String, Optional<ByteBuffer>> changes) {
        requireMailbox.accept(mailbox);
        apply(mailbox, changes);
        annotated.accept(mailbox);
        hints.accept(mailbox);
    }

    @Override
    public void change(AccountId account, Map<String, Optional<ByteBuffer>> changes) {
        requireAccount.accept(account);
        apply(own(account), changes);
        hints.accept(own(account));
    }

    private synchronized void apply(MailboxId place, Map<String, Optional<ByteBuffer>> changes) {
        var checked = EntryName.checked(changes);
        SortedMap<String, ByteBuffer> after = new TreeMap<>(entries.getOrDefault(place, NONE));
        EntryName.requireRoom(after, checked);
        checked.forEach(
                (name, value) ->
                        value.ifPresentOrElse(v -> after.put(name, v), () -> after.remove(name)));
        entries.put(place, Collections.unmodifiableSortedMap(after));
    }

    /** The mailbox is gone. */
    synchronized void forget(MailboxId mailbox) {
        entries.remove(mailbox);
    }

    /** The account is gone. */
    synchronized void forget(AccountId account) {
        entries.remove(own(account));
    }

    /** What stands for the account itself; no mailbox has this number. */
    private static MailboxId own(AccountId account) {
        return new MailboxId(account, 0);
    }
}
