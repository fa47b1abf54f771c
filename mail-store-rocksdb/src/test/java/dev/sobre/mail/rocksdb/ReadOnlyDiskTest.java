package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** LESSONS 20: a disk that can't be written. */
class ReadOnlyDiskTest {

    @RegisterExtension private final SmallDisk disk = new SmallDisk(64);
    private Path store = Path.of("");

    @BeforeEach
    void makeAStore() throws Exception {
        store = disk.resolve("store");
        DamagedStore.make(store).close();
    }

    @Test
    void aStoreThereIsRefusedInPlainWords() throws Exception {
        disk.protect();
        var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(store));
        assertEquals(Reason.UNAVAILABLE, refusal.reason());
        assertEquals(
                "the mail store's directory can't be used: "
                        + store.resolve("lock")
                        + ": Read-only file system",
                refusal.getMessage());
    }

    @Test
    void aStoreThereCanBeChecked() throws Exception {
        disk.protect();
        List<Finding> found = new ArrayList<>();
        StoreCheck.of(store, found::add);
        assertEquals(List.of(), found);
    }
}
