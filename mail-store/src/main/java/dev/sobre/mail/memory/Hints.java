package dev.sobre.mail.memory;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to know of changes in which account. */
final class Hints {

    private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

    private final Map<AccountId, List<Watcher>> watchers = new ConcurrentHashMap<>();

    Subscription watch(AccountId account, Consumer<MailboxId> hint) {
        var watcher = new Watcher(hint);
        watchers.compute(
                account,
                (id, those) -> {
                    List<Watcher> all = those == null ? new CopyOnWriteArrayList<>() : those;
                    all.add(watcher);
                    return all;
                });
        return () ->
                watchers.computeIfPresent(
                        account,
                        (id, those) -> {
                            those.remove(watcher);
                            return those.isEmpty() ? null : those;
                        });
    }

    /** Tells the watchers; never called with the store's lock held. */
    void changed(MailboxId mailbox) {
        for (var watcher : watchers.getOrDefault(mailbox.account(), List.of())) {
            try {
                watcher.hint.accept(mailbox);
            } catch (RuntimeException e) {
                LOG.warn("a watcher of mailbox {} failed", mailbox, e);
            }
        }
    }

    /** Wraps a hint, so that the same one can be registered twice and each one closed alone. */
    private static final class Watcher {
        private final Consumer<MailboxId> hint;

        Watcher(Consumer<MailboxId> hint) {
            this.hint = hint;
        }
    }
}
