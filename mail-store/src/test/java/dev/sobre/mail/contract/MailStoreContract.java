package dev.sobre.mail.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.MailStore;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of {@link MailStore}. After each test a durable store is closed and opened again,
 * and must hold what it held before.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class MailStoreContract
        implements AccountRules,
                AccountChangeRules,
                AppPasswordRules,
                RecipientRules,
                QuotaRules,
                MailboxRules,
                RenameRules,
                BodyRules,
                DeliveryRules,
                FlagRules,
                RecentRules,
                RestoreRules,
                CopyRules,
                IdentityRules,
                KeywordRules,
                MetadataRules,
                SharingRules,
                ChangeRules,
                SpoolRules,
                ConcurrencyRules,
                CrowdRules {

    private Optional<MailStore> store = Optional.empty();

    /**
     * Opens the store: a durable one in the same place each time within one test, an empty one
     * where nothing is yet.
     */
    protected abstract MailStore open() throws Exception;

    /** Whether what is stored survives closing. */
    protected boolean durable() {
        return false;
    }

    @Override
    public int expungesKept() {
        return 0;
    }

    @Override
    public final MailStore store() {
        return store.orElseThrow();
    }

    @Override
    public final void reopen() throws Exception {
        if (!durable()) return;
        store().close();
        store = Optional.of(open());
    }

    @BeforeEach
    final void openStore() throws Exception {
        store = Optional.of(open());
    }

    @AfterEach
    final void everythingIsStillThere() throws Exception {
        try {
            String before = Dump.of(store());
            reopen();
            assertEquals(before, Dump.of(store()), "after closing and opening again");
        } finally {
            store().close();
        }
    }
}
