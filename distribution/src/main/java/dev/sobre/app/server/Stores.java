package dev.sobre.app.server;

import dev.sobre.app.config.Configuration;
import dev.sobre.app.home.Home;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.rocksdb.RocksMailStore;
import dev.sobre.mail.rocksdb.StoreSettings;
import dev.sobre.mail.rocksdb.StoreSettings.Memory;
import dev.sobre.mail.rocksdb.StoreSettings.Sync;

/** The one place that says which store a home has. */
public final class Stores {

    private Stores() {}

    /** Opens a home's store, or makes it; the caller holds the home's lock. */
    public static MailStore open(Home home, Configuration configuration) {
        return RocksMailStore.open(home.store(configuration), settings(configuration.store()));
    }

    private static StoreSettings settings(Configuration.Store store) {
        return StoreSettings.small()
                .withSegmentOctets(store.segmentSize())
                .withMemory(new Memory(store.blockCache(), store.writeBuffer(), store.indexRows()))
                .withSync(store.relaxed() ? Sync.RELAXED : Sync.DURABLE);
    }
}
