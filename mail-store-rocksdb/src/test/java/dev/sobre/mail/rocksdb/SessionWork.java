package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobSink;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What sessions ask of a store: mail comes, is read, changed, copied, refused and removed. */
final class SessionWork {

    private static final int MANY = 300; // messages of which the engine has several blocks
    private static final byte[] SMALL = Mails.body(1, 5000);
    static final byte[] LARGE = Mails.body(2, 1_000_000);

    private SessionWork() {}

    /** An account comes, and mail for it: a large one, a small one, and many. */
    static MailboxId deliver(MailStore store) throws IOException {
        var inbox = Mails.account(store, "ann@example.org");
        for (byte[] mail : List.of(LARGE, SMALL)) {
            try (var sink = store.sink(mail.length)) {
                write(mail, sink);
                store.append(inbox, List.of(Mails.delivery(sink.finish())));
            }
        }
        var many = new ArrayList<Delivery>();
        for (int i = 0; i < MANY; i++) many.add(Mails.delivery(Mails.body(i, 600)));
        store.append(inbox, many);
        return inbox;
    }

    private static void write(byte[] mail, BlobSink sink) throws IOException {
        for (int at = 0; at < mail.length; at += 1400) {
            sink.write(ByteBuffer.wrap(mail, at, Math.min(1400, mail.length - at)));
        }
    }

    /** All mail is read, and a few messages of the middle before others. */
    static int read(MailStore store) throws IOException {
        var inbox = Mails.inbox(store, "ann@example.org");
        for (int first : new int[] {3, 150, 30}) {
            try (var few = store.messages(inbox, UidSet.range(first, first + Engine.FEW - 1))) {
                while (few.next().isPresent()) store.state(inbox);
            }
        }
        var messages = Mails.all(store, inbox);
        require(messages.size() == MANY + 2);
        require(Arrays.equals(LARGE, Mails.read(store, messages.get(0))));
        require(Arrays.equals(SMALL, Mails.read(store, messages.get(1))));
        for (int i = 0; i < MANY; i++) {
            require(Arrays.equals(Mails.body(i, 600), Mails.read(store, messages.get(i + 2))));
        }
        return messages.size();
    }

    /** One mail is refused, one is given up, and one is looked at before it is stored. */
    static long refuse(MailStore store) throws IOException {
        var gone = Mails.account(store, "bob@example.org");
        store.accounts().remove(gone.account());
        try (var sink = store.sink(LARGE.length);
                var other = store.sink(LARGE.length)) {
            write(LARGE, sink);
            write(LARGE, other);
            var body = sink.finish();
            try (var reader = body.open()) {
                require(reader.read(500_000, ByteBuffer.allocate(10)) == 10);
            }
            require(isRefused(store, gone, Mails.delivery(body)));
            return other.length();
        }
    }

    private static boolean isRefused(MailStore store, MailboxId to, Delivery mail) {
        try {
            store.append(to, List.of(mail));
            return false;
        } catch (StoreException e) {
            return e.reason() == StoreException.Reason.MISSING;
        }
    }

    /** Mail is copied, and all of it is removed. */
    static long change(MailStore store) {
        var inbox = Mails.inbox(store, "ann@example.org");
        Mailbox made =
                store.alter(inbox.account(), new MailboxChange.Create("copies", Optional.empty()));
        store.copy(inbox, UidSet.ALL, made.id(), false);
        store.changes(inbox, 1);
        store.metadata().of(inbox);
        store.sharing().sharedWith(inbox.account());
        store.accounts().usage(inbox.account());
        store.spool().list(Optional.empty(), 10);
        store.ids(made.id(), UidSet.ALL).close();
        var deleted = new FlagChange(FlagChange.Kind.ADD, Flags.DELETED);
        store.store(inbox, UidSet.ALL, deleted, Long.MAX_VALUE);
        return store.expunge(inbox, UidSet.ALL).uids().count();
    }

    private static void require(boolean right) {
        if (!right) throw new AssertionError("the store gave something else");
    }
}
