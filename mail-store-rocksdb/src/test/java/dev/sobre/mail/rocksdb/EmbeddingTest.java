package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippet that this module's README begins with. */
class EmbeddingTest {

    @Test
    void theSnippetRuns(@TempDir Path directory) throws Exception {
        String passwordHash = "{PLAIN}secret";
        ByteBuffer message =
                ByteBuffer.wrap("Subject: hi\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));
        try (var store = RocksMailStore.open(directory)) {
            var ann = store.accounts().create(List.of("ann@example.org"), passwordHash, false);
            var inbox = store.find(ann.id(), "INBOX").orElseThrow();
            try (var sink = store.sink(50 << 20)) {
                sink.write(message);
                var delivery =
                        new Delivery(DeliveryId.random(), sink.finish(), Flags.NONE, Instant.now());
                store.append(inbox.id(), List.of(delivery));
            }
            assertEquals(1, store.state(inbox.id()).messages());
        }
    }
}
