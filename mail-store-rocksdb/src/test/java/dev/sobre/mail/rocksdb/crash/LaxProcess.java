package dev.sobre.mail.rocksdb.crash;

import dev.sobre.mail.rocksdb.ChildProcess;
import dev.sobre.mail.rocksdb.RocksMailStore;
import dev.sobre.mail.rocksdb.StoreSettings;
import dev.sobre.mail.rocksdb.StoreSettings.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that frees the space of a store which answers before it syncs, and nothing else. */
final class LaxProcess {

    private LaxProcess() {}

    /** The settings of a store that has many segments and frees their space when it is asked to. */
    static StoreSettings settings() {
        return StoreSettings.small()
                .withSegmentOctets(50_000)
                .withCompaction(new StoreSettings.Compaction(100, 1 << 30));
    }

    static Process start(Path store, String... before) throws IOException {
        return ChildProcess.start(
                List.of(before),
                List.of("-Xmx256m", "-Djava.library.path=" + Natives.DIRECTORY),
                LaxProcess.class,
                store);
    }

    public static void main(String[] args) {
        try (var store = RocksMailStore.open(Path.of(args[0]), settings().withSync(Sync.RELAXED))) {
            store.compact(_ -> {});
            store.compact(_ -> {}); // files are removed between the two
        }
    }
}
