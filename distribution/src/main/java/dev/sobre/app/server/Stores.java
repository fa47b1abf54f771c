package dev.sobre.app.server;

import dev.sobre.app.home.Home;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.rocksdb.RocksMailStore;

/** The one place that says which store a home has. */
public final class Stores {

    private Stores() {}

    /** Opens a home's store, or makes it; the caller holds the home's lock. */
    public static MailStore open(Home home) {
        return RocksMailStore.open(home.store());
    }
}
