package dev.sobre.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.rocksdb.RocksMailStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who meets a damaged store hears which command looks after it. */
class DamagedStoreTest {

    @TempDir Path store;

    @Test
    void theRefusalSaysWhatToDo() throws Exception {
        try (var open = RocksMailStore.open(store)) {
            open.accounts().create(List.of("ann@example.org"), "-", false);
        }
        Files.delete(store.resolve("meta/CURRENT"));
        var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(store));
        assertEquals(
                "the store's metadata can't be opened: restore a backup or repair; `sobre store"
                        + " check` names what is damaged, with --repair it mends that",
                Cli.words(refusal, false));
    }
}
