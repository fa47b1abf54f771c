package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches of a mailbox that has more than one. */
class UidBatchesTest {

    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));

    @Test
    void haveAsManyMessagesAsWasAskedForCountedFromTheLatest() throws Exception {
        var store = MemoryStore.with("ann@example.org", "secret");
        var inbox = store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();
        store.append(inbox, IntStream.range(0, 2400).mapToObj(i -> mail(i < 1199)).toList());
        store.expunge(inbox, UidSet.ALL); // 1200:2400 are left
        try (var server = ImapsServer.start(0, TLS, store);
                var client = new TestClient(server.port()).loggedIn()) {
            client.ask("1 SELECT INBOX");
            assertEquals(
                    List.of(
                            "* UIDBATCHES (TAG \"2\") 2400:1801,1800:1201,1200:1",
                            "2 OK UIDBATCHES completed"),
                    client.ask("2 UIDBATCHES 600"));
            assertEquals(
                    "* UIDBATCHES (TAG \"3\") 1800:1201,1200:1",
                    client.ask("3 UIDBATCHES 600 2:3").getFirst());
            assertEquals(
                    "* UIDBATCHES (TAG \"4\") 1800:1201",
                    client.ask("4 UIDBATCHES 600 2:2").getFirst());
            assertEquals(
                    "* UIDBATCHES (TAG \"5\") 2400:1", client.ask("5 UIDBATCHES 1201").getFirst());
            assertEquals(
                    "* UIDBATCHES (TAG \"6\") 2400:1201,1200:1",
                    client.ask("6 UIDBATCHES 1200").getFirst());
        }
    }

    private static Delivery mail(boolean deleted) {
        var body = BlobSource.Bytes.of("a: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var flags = deleted ? Flags.DELETED : Flags.NONE;
        return new Delivery(DeliveryId.random(), body, flags, Instant.EPOCH);
    }
}
