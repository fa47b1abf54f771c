package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.mail.rocksdb.RocksMailStore;
import picocli.CommandLine.Command;

/** {@code store}: the group of the commands that look after the mail store. */
@Command(
        name = "store",
        description = "Checks, backs up and restores the mail store, and frees its space.",
        subcommands = {
            CheckStore.class,
            BackupStore.class,
            RestoreStore.class,
            CompactStore.class,
            ShowStats.class
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} check"})
final class StoreGroup {

    /** The store, which must be one that is kept on a disk. */
    static RocksMailStore durable(Office office) {
        if (office.store() instanceof RocksMailStore durable) return durable;
        throw new Failure("this server's mail is in memory alone: there is nothing to look after");
    }
}
