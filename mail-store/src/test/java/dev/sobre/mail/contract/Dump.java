package dev.sobre.mail.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.Keyring;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.Rights;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.Usage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Everything a store holds, as text. */
final class Dump {

    private Dump() {}

    static String of(MailStore store) throws IOException {
        var out = new StringBuilder();
        for (var account : store.accounts().list()) {
            out.append(account).append(store.accounts().passwordHash(account.id())).append('\n');
            store.accounts().appPasswords().find(account.id()).ifPresent(ring -> keys(ring, out));
            Usage usage = mailboxes(store, account.id(), out);
            assertEquals(usage, store.accounts().usage(account.id()), "what is counted is there");
        }
        out.append(store.accounts().count()).append(store.accounts().administrator()).append('\n');
        out.append("spool ").append(store.spool().size()).append(store.spool().nextDue());
        return out.toString();
    }

    static byte[] octets(MailStore store, BlobRef ref) throws IOException {
        try (BlobReader reader = store.open(ref)) {
            ByteBuffer octets = ByteBuffer.allocate((int) reader.length());
            int read = 0;
            while (octets.hasRemaining() && read >= 0)
                read = reader.read(octets.position(), octets);
            assertEquals(0, octets.remaining());
            return octets.array();
        }
    }

    private static void keys(Keyring ring, StringBuilder out) {
        out.append(ring);
        for (var p : ring.passwords()) {
            out.append(Arrays.hashCode(p.keys().storedKey()));
            out.append(Arrays.hashCode(p.keys().serverKey()));
        }
        out.append('\n');
    }

    private static Usage mailboxes(MailStore store, AccountId account, StringBuilder out)
            throws IOException {
        Usage sum = Usage.NONE;
        for (var mailbox : store.list(account)) {
            out.append(mailbox).append('\n');
            if (!mailbox.exists()) continue;
            out.append(store.metadata().of(mailbox.id()).keySet());
            out.append(new TreeMap<>(rights(store, mailbox.id()))).append('\n');
            messages(store, mailbox.id(), out);
            var state = store.state(mailbox.id());
            sum = sum.plus(new Usage(state.octets(), state.messages()));
        }
        return sum;
    }

    private static Map<Long, Rights> rights(MailStore store, MailboxId mailbox) {
        return store.sharing().list(mailbox).entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().value(), Map.Entry::getValue));
    }

    private static void messages(MailStore store, MailboxId mailbox, StringBuilder out)
            throws IOException {
        var index = store.index(mailbox);
        out.append(index.state()).append('\n');
        assertEquals(index.state(), store.state(mailbox));
        try (var messages = store.messages(mailbox, UidSet.ALL)) {
            for (int at = 0; at < index.size(); at++) {
                Message m = messages.next().orElseThrow();
                assertEquals(index.uid(at), m.uid());
                assertEquals(index.flags(at), m.flags());
                assertEquals(index.modSeq(at), m.modSeq());
                assertEquals(index.octets(at), m.size());
                assertEquals(index.internalDate(at), m.internalDate());
                assertEquals(index.savedDate(at), m.savedDate());
                int hash = Arrays.hashCode(octets(store, m.body()));
                out.append(m).append(' ').append(hash).append('\n');
            }
        }
    }
}
