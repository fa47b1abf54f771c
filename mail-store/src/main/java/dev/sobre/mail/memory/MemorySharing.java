package dev.sobre.mail.memory;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.Sharing;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The access lists of a store in memory. */
final class MemorySharing implements Sharing {

    private final Consumer<MailboxId> requireMailbox;
    private final Consumer<AccountId> requireAccount;
    private final Map<MailboxId, Map<AccountId, Rights>> granted = new HashMap<>();

    /** Is told how to refuse what does not exist. */
    MemorySharing(Consumer<MailboxId> requireMailbox, Consumer<AccountId> requireAccount) {
        this.requireMailbox = requireMailbox;
        this.requireAccount = requireAccount;
    }

    @Override
    public synchronized Map<AccountId, Rights> list(MailboxId mailbox) {
        requireMailbox.accept(mailbox);
        return Map.copyOf(granted.getOrDefault(mailbox, Map.of()));
    }

    @Override
    public synchronized void grant(MailboxId mailbox, AccountId to, Rights rights) {
        requireMailbox.accept(mailbox);
        if (!to.equals(ANYONE)) requireAccount.accept(to);
        if (to.equals(mailbox.account())) {
            throw new StoreException(Reason.REFUSED, "an owner has all rights");
        }
        Map<AccountId, Rights> list = granted.computeIfAbsent(mailbox, m -> new HashMap<>());
        if (rights.isEmpty()) {
            list.remove(to);
        } else if (list.size() >= MOST_GRANTS && !list.containsKey(to)) {
            throw new StoreException(Reason.LIMIT, "too many accounts have rights on the mailbox");
        } else {
            list.put(to, rights);
        }
    }

    @Override
    public synchronized List<MailboxId> sharedWith(AccountId account) {
        return granted.entrySet().stream()
                .filter(e -> !e.getKey().account().equals(account))
                .filter(e -> e.getValue().containsKey(account) || e.getValue().containsKey(ANYONE))
                .map(Map.Entry::getKey)
                .sorted(
                        Comparator.comparingLong((MailboxId id) -> id.account().value())
                                .thenComparingLong(MailboxId::number))
                .toList();
    }

    /** The mailbox is gone. */
    synchronized void forget(MailboxId mailbox) {
        granted.remove(mailbox);
    }

    /** The account is gone, and with it what it was granted. */
    synchronized void forget(AccountId account) {
        granted.values().forEach(list -> list.remove(account));
    }
}
