package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.rocksdb.Finding.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running engine removes tables between the moment when they are listed and that of a look. */
class CheckFilesTest {

    @TempDir Path dir;

    private final List<Finding> found = new ArrayList<>();

    /** A link that leads nowhere is listed, and can't be looked at. */
    @Test
    void aTableThatGoesAfterItWasListedIsPassedOver() throws Exception {
        try (var store = RocksMailStore.open(dir.resolve("store"))) {
            Mails.account(store, "ann@example.org");
            Path table = dir.resolve("store/meta/999999.sst");
            Files.createSymbolicLink(table, dir.resolve("nowhere"));
            store.check(found::add);
            Files.delete(table);
        }
        assertEquals(List.of(), found);
    }

    @Test
    void aTableThatGoesBeforeItIsReadIsPassedOver() throws Exception {
        RocksMailStore.open(dir.resolve("store")).close();
        try (var home = Home.look(dir.resolve("store"));
                var options = new EngineOptions(StoreSettings.small())) {
            var files = new CheckFiles(home, new Report(home, found::add));
            files.tables(options.options, List.of("999999.sst"));
            assertEquals(List.of(), found);
            Files.writeString(home.engine.resolve("999999.sst"), "no table");
            files.tables(options.options, List.of("999999.sst"));
            assertEquals(Kind.METADATA_FILE, found.getFirst().kind());
            assertEquals("meta/999999.sst", found.getFirst().where());
        }
    }
}
