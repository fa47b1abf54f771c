package dev.sobre.pop3;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A running server over a store in memory: Ann and Bob, whose password ends in a space. */
final class Served implements AutoCloseable {

    static final Identity IDENTITY = Identity.selfSigned("localhost");
    static final TlsContext TLS = TlsContext.of(IDENTITY);

    final MemoryStore store =
            MemoryStore.with("ann@example.org", "secret").and("bob@example.org", "two  words ");
    final Pop3sServer server = Pop3sServer.start(0, TLS, store);

    /** Puts a message into Ann's inbox. */
    void deliver(String text) {
        var body = BlobSource.Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
        var delivery = new Delivery(DeliveryId.random(), body, Flags.NONE, Instant.now());
        store.append(inbox().id(), List.of(delivery));
    }

    MailboxIndex ofAnn() {
        return store.index(inbox().id());
    }

    /** What is in Ann's inbox. */
    List<Message> messages() {
        List<Message> all = new ArrayList<>();
        try (var cursor = store.messages(inbox().id(), UidSet.ALL)) {
            for (var m = cursor.next(); m.isPresent(); m = cursor.next()) all.add(m.get());
        }
        return all;
    }

    Mailbox inbox() {
        return store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow();
    }

    ScriptClient connect() throws IOException {
        var client = new ScriptClient(server.port(), IDENTITY.certificate());
        client.expect("+OK localhost POP3 ready");
        return client;
    }

    ScriptClient login() throws IOException {
        return connect()
                .play(
                        "C: USER ann@example.org\nS: +OK ...\nC: PASS secret\nS: +OK the maildrop ...");
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }
}
