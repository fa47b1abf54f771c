package dev.sobre.app.server;

import dev.sobre.app.admin.Office;
import dev.sobre.app.admin.RunningServer;
import dev.sobre.app.config.Configuration;
import dev.sobre.app.config.Relaying.Way;
import dev.sobre.app.home.Home;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.rocksdb.RocksMailStore;
import dev.sobre.mail.rocksdb.StoreSettings;
import dev.sobre.mail.rocksdb.StoreSettings.Memory;
import dev.sobre.mail.rocksdb.StoreSettings.Sync;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that says which store a home has, and what works on it. */
public final class Stores {

    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

    private Stores() {}

    /** Opens a home's store, or makes it; the caller holds the home's lock. */
    public static MailStore open(Home home, Configuration configuration) {
        return RocksMailStore.open(home.store(configuration), settings(configuration.store()));
    }

    /** What the commands of a home's administrators work on. */
    public static Office office(
            Home home,
            Configuration configuration,
            MailStore store,
            Optional<RunningServer> server) {
        return new Office(
                configuration.domain(),
                configuration.mail().subaddressSeparators(),
                configuration.limits().message(),
                store,
                server,
                home.backups(configuration),
                configuration.relay().way() != Way.OFF);
    }

    /** Mail for the postmaster always finds somebody (RFC 5321 §4.5.1), perhaps by surprise. */
    static void warnWithoutAdministrator(MailStore store) {
        if (store.accounts().administrator().isPresent()) return;
        store.accounts()
                .oldest()
                .ifPresent(
                        oldest ->
                                LOG.warn(
                                        "nobody is an administrator: mail for the postmaster goes"
                                                + " to {}, the oldest account, unless somebody has"
                                                + " that address; `sobre account set ADDRESS"
                                                + " --admin` makes one",
                                        oldest.address()));
    }

    private static StoreSettings settings(Configuration.Store store) {
        return StoreSettings.small()
                .withSegmentOctets(store.segmentSize())
                .withMemory(new Memory(store.blockCache(), store.writeBuffer(), store.indexRows()))
                .withSync(store.relaxed() ? Sync.RELAXED : Sync.DURABLE);
    }
}
