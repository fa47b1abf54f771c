package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LESSONS 20: a disk that can't be written. */
class ReadOnlyDiskTest {

    @TempDir Path dir;
    private Path disk = Path.of("");
    private Path store = Path.of("");
    private boolean mounted;

    @BeforeEach
    void makeAStore() throws Exception {
        disk = Files.createDirectory(dir.resolve("disk"));
        store = disk.resolve("store");
        mounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()) == 0;
        assumeTrue(mounted, "not allowed to mount a disk");
        DamagedStore.make(store).close();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) assertEquals(0, run("umount", disk.toString()));
    }

    private void protect() throws Exception {
        assertEquals(0, run("mount", "-o", "remount,ro", disk.toString()));
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException e) {
            return -1; // no such command
        }
    }

    @Test
    void aStoreThereIsRefusedInPlainWords() throws Exception {
        protect();
        var refusal = assertThrows(StoreException.class, () -> RocksMailStore.open(store));
        assertEquals(Reason.UNAVAILABLE, refusal.reason());
        assertEquals("the mail store's directory can't be used", refusal.getMessage());
    }

    @Test
    void aStoreThereCanBeChecked() throws Exception {
        protect();
        List<Finding> found = new ArrayList<>();
        StoreCheck.of(store, found::add);
        assertEquals(List.of(), found);
    }
}
