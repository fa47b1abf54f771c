package dev.sobre.mail.archive;

import dev.sobre.mail.Account;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxName;
import dev.sobre.mail.Message;
import dev.sobre.mail.Numbering;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes an account's mail to a folder. What can't be read is named and passed over. Mail that
 * comes meanwhile may be in it or not.
 *
 * @param only one mailbox, by its name; otherwise all
 * @param resume whether the folder may hold what an interrupted export of the same account left
 */
public record Export(
        MailStore store,
        Account account,
        Form form,
        Path folder,
        Optional<String> only,
        boolean resume) {

    private static final int AT_ONCE = 256; // records of messages in memory

    /** How many octets of mail there are to be exported. */
    public long octets() {
        return chosen().stream().mapToLong(this::octets).sum();
    }

    private long octets(Mailbox mailbox) {
        try {
            return store.state(mailbox.id()).octets();
        } catch (StoreException e) {
            return 0; // it is named when its turn comes
        }
    }

    /**
     * Does it.
     *
     * @throws FileAlreadyExistsException when the folder is not empty
     * @throws IOException when the folder can't be written
     */
    public Summary run(Progress progress) throws IOException {
        var tally = new Tally(progress);
        prepare();
        try (ArchiveWriter writer = writer()) {
            List<ArchivedMailbox> described = new ArrayList<>();
            List<Mailbox> readable = new ArrayList<>();
            for (var mailbox : chosen()) {
                try {
                    described.add(describe(mailbox, writer));
                    readable.add(mailbox);
                } catch (StoreException e) {
                    tally.passOver(mailbox.name(), String.valueOf(e.getMessage()));
                }
            }
            requireSameMailboxes(described);
            manifest(described, false).write(folder);
            for (int i = 0; i < described.size(); i++) {
                write(readable.get(i), described.get(i), writer, tally);
            }
            writer.finish(store.list(account.id()));
            var whole = only.isEmpty() ? Optional.of(account) : Optional.<Account>empty();
            EntriesExport.run(store, whole, readable, folder, tally);
            manifest(described, true).write(folder);
        }
        return tally.summary();
    }

    private void prepare() throws IOException {
        if (Files.exists(folder) && !Folders.isEmpty(folder)) {
            if (!resume) throw new FileAlreadyExistsException(folder.toString());
            var earlier = Manifest.read(folder);
            boolean same =
                    earlier.filter(m -> m.form() == form && m.account().equals(account.address()))
                            .isPresent();
            if (!same) throw new FileAlreadyExistsException(folder.toString());
        }
        Folders.create(folder);
    }

    /** A mailbox that was made anew since the run before would be mixed with the old one. */
    private void requireSameMailboxes(List<ArchivedMailbox> now) throws IOException {
        var before = Manifest.read(folder).map(Manifest::mailboxes).orElse(List.of());
        for (var was : before) {
            for (var is : now) {
                boolean anew =
                        was.place().equals(is.place())
                                && !was.numbers()
                                        .map(Numbering::uidValidity)
                                        .equals(is.numbers().map(Numbering::uidValidity));
                if (anew) throw new FileAlreadyExistsException(folder.toString());
            }
        }
    }

    private ArchiveWriter writer() {
        return form == Form.MAILDIR ? new MaildirWriter(folder) : new MboxWriter(folder);
    }

    private List<Mailbox> chosen() {
        var wanted = only.map(MailboxName::canonical);
        return store.list(account.id()).stream()
                .filter(Mailbox::exists)
                .filter(m -> wanted.isEmpty() || m.name().equals(wanted.get()))
                .toList();
    }

    private ArchivedMailbox describe(Mailbox m, ArchiveWriter writer) {
        var state = store.state(m.id());
        var numbers = new Numbering(state.uidValidity(), state.uidNext(), state.highestModSeq());
        return new ArchivedMailbox(
                m.name(), writer.place(m.name()), Optional.of(numbers), m.use(), m.subscribed());
    }

    private Manifest manifest(List<ArchivedMailbox> mailboxes, boolean complete) {
        var names =
                store.list(account.id()).stream()
                        .filter(m -> m.subscribed() && !m.exists() && only.isEmpty())
                        .map(Mailbox::name)
                        .toList();
        return new Manifest(form, account.address(), mailboxes, names, complete);
    }

    private void write(Mailbox from, ArchivedMailbox to, ArchiveWriter writer, Tally tally)
            throws IOException {
        tally.begin(from.name());
        MailboxIndex index;
        try {
            index = store.index(from.id());
        } catch (StoreException e) {
            tally.passOver(from.name(), String.valueOf(e.getMessage()));
            return;
        }
        var numbers = to.numbers().orElseThrow();
        long there = writer.begin(to.place(), numbers);
        for (int at = 0; at < index.size(); at += AT_ONCE) {
            var uids = new UidSet.Builder();
            for (int i = at; i < Math.min(index.size(), at + AT_ONCE); i++) {
                long uid = index.uid(i);
                if (uid <= there) tally.wasThere();
                else if (uid < numbers.uidNext()) uids.add(uid); // what came later, stays behind
            }
            write(from, uids.build(), writer, tally);
        }
        writer.end();
    }

    private void write(Mailbox from, UidSet uids, ArchiveWriter writer, Tally tally)
            throws IOException {
        for (var message : read(from, uids, tally)) {
            write(from, message, writer, tally);
            tally.at(tally.octets());
        }
    }

    private List<Message> read(Mailbox from, UidSet uids, Tally tally) throws IOException {
        List<Message> messages = new ArrayList<>();
        try {
            read(from, uids, messages);
        } catch (StoreException e) {
            messages.clear();
            for (long uid : uids.stream().toArray()) readOne(from, uid, messages, tally);
            return messages;
        }
        if (messages.size() < uids.count()) nameMissing(from, uids, messages, tally);
        return messages;
    }

    /** What was expunged meanwhile is not missing; what the index has and nobody can give, is. */
    private void nameMissing(Mailbox from, UidSet uids, List<Message> read, Tally tally)
            throws IOException {
        var there = UidSet.of(read.stream().map(Message::uid).toList());
        for (long uid : store.index(from.id()).existing(uids).stream().toArray()) {
            if (!there.contains(uid)) tally.passOver(where(from, uid), "its record is missing");
        }
    }

    private void read(Mailbox from, UidSet uids, List<Message> into) {
        try (var cursor = store.messages(from.id(), uids)) {
            for (var m = cursor.next(); m.isPresent(); m = cursor.next()) into.add(m.get());
        }
    }

    private void readOne(Mailbox from, long uid, List<Message> into, Tally tally)
            throws IOException {
        try {
            read(from, UidSet.of(uid), into);
        } catch (StoreException e) {
            tally.passOver(where(from, uid), String.valueOf(e.getMessage()));
        }
    }

    private void write(Mailbox from, Message message, ArchiveWriter writer, Tally tally)
            throws IOException {
        try (BlobReader body = open(message)) {
            writer.add(message, body);
            tally.took(message.size());
        } catch (Unreadable e) {
            tally.passOver(where(from, message.uid()), e.reason());
        }
    }

    private BlobReader open(Message message) throws Unreadable {
        try {
            return store.open(message.body());
        } catch (StoreException e) {
            throw new Unreadable(String.valueOf(e.getMessage()), e);
        }
    }

    private static String where(Mailbox mailbox, long uid) {
        return mailbox.name() + ", UID " + uid;
    }
}
