package dev.sobre.mail.rocksdb;

import dev.sobre.mail.Account;
import dev.sobre.mail.Cursor;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All messages of a store as its accounts see them. */
record Contents(Map<String, Kept> messages) {

    /** What is told of a message. */
    record Kept(MailboxId mailbox, long uid, Flags flags, Instant date, int hash) {}

    /** A message of this hash can't be read. */
    static final int UNREADABLE = 0;

    static Contents of(MailStore store) {
        var all = new TreeMap<String, Kept>();
        for (Account account : store.accounts().list()) {
            for (Mailbox box : store.list(account.id())) {
                if (!box.exists()) continue;
                for (var m : readable(store, box.id())) {
                    String name = account.address() + " " + box.name() + " " + m.uid();
                    var kept =
                            new Kept(
                                    box.id(), m.uid(), m.flags(), m.internalDate(), hash(store, m));
                    all.put(name, kept);
                }
            }
        }
        return new Contents(all);
    }

    private static List<Message> readable(MailStore store, MailboxId mailbox) {
        List<Message> all = new ArrayList<>();
        Optional<Cursor<Message>> opened = attempt(() -> store.messages(mailbox, UidSet.ALL));
        if (opened.isEmpty()) return all;
        try (var messages = opened.get()) {
            for (boolean more = true; more; ) {
                var next = attempt(messages::next);
                next.flatMap(m -> m).ifPresent(all::add);
                more = next.isEmpty() || next.get().isPresent();
            }
        }
        return all;
    }

    private static <T> Optional<T> attempt(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.DAMAGED) throw e;
            return Optional.empty();
        }
    }

    private static int hash(MailStore store, Message message) {
        try {
            return Arrays.hashCode(Mails.read(store, message));
        } catch (IOException | StoreException e) {
            return UNREADABLE;
        }
    }

    /** How often each text is there, whatever mailbox it is in. */
    Map<Integer, Integer> texts() {
        var texts = new HashMap<Integer, Integer>();
        messages.values().forEach(kept -> texts.merge(kept.hash, 1, Integer::sum));
        return texts;
    }
}
