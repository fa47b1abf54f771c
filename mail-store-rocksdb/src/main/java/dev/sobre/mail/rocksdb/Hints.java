package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to hear of changes; they are told on a thread of their own, not the writer's. */
final class Hints implements Consumer<MailboxId>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

    private final Map<AccountId, List<Consumer<MailboxId>>> watchers = new ConcurrentHashMap<>();
    private final ExecutorService teller =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("store-hints").factory());

    Subscription watch(AccountId account, Consumer<MailboxId> hint) {
        Consumer<MailboxId> own =
                changed -> hint.accept(changed); // so that one hint can be registered twice
        watchers.computeIfAbsent(account, _ -> new CopyOnWriteArrayList<>()).add(own);
        return () ->
                watchers.computeIfPresent(
                        account,
                        (_, all) -> {
                            all.remove(own);
                            return all.isEmpty() ? null : all;
                        });
    }

    @Override
    public void accept(MailboxId changed) {
        if (!watchers.containsKey(changed.account())) return;
        try {
            teller.execute(() -> tell(changed));
        } catch (RejectedExecutionException e) {
            LOG.debug("closed: nobody is told", e);
        }
    }

    private void tell(MailboxId changed) {
        for (var watcher : watchers.getOrDefault(changed.account(), List.of())) {
            try {
                watcher.accept(changed);
            } catch (RuntimeException e) {
                LOG.warn("a watcher failed", e);
            }
        }
    }

    @Override
    public void close() {
        teller.shutdown();
    }
}
