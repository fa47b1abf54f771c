package dev.sobre.mail.archive;

import dev.sobre.mail.Account;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxName;
import dev.sobre.mail.SpecialUse;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Brings mail from files into an account. It may be repeated and goes on where it was interrupted:
 * what is there is not brought twice. What can't be taken is named and passed over.
 *
 * @param folder the archive's, or a single mbox file
 * @param only one mailbox, by its name in the archive; otherwise all
 * @param messageLimit how many octets a message may have
 * @param dryRun whether all is read and looked at, and nothing changed
 */
public record Import(
        MailStore store,
        Account account,
        Form form,
        Path folder,
        Optional<String> only,
        long messageLimit,
        boolean dryRun) {

    /** How many octets of files there are to be read. */
    public long octets() throws IOException {
        return Archive.open(folder, form, new Tally(new Silence())).octets();
    }

    /**
     * Does it.
     *
     * @throws IOException when the folder itself can't be read
     */
    public Summary run(Progress progress) throws IOException {
        var tally = new Tally(progress);
        var archive = Archive.open(folder, form, tally);
        var wanted = only.map(MailboxName::canonical);
        long done = 0;
        for (var mailbox : archive.mailboxes()) {
            String name = MailboxName.canonical(mailbox.name());
            if (wanted.isPresent() && !wanted.get().equals(name)) continue;
            done += bring(archive, mailbox, done, tally);
        }
        if (!dryRun && only.isEmpty()) subscribe(archive, tally);
        if (Files.isDirectory(folder)) {
            new EntriesImport(store, account, wanted, dryRun, tally).run(archive.folder());
        }
        return tally.summary();
    }

    private void subscribe(Archive archive, Tally tally) throws IOException {
        for (String name : archive.subscriptions()) {
            try {
                subscribe(name);
            } catch (StoreException e) {
                if (!MailboxImport.isOfOne(e)) throw e;
                tally.passOver("subscription " + name, String.valueOf(e.getMessage()));
            }
        }
    }

    private long bring(Archive archive, ArchivedMailbox from, long done, Tally tally)
            throws IOException {
        String name = UsableName.of(from.name());
        if (!name.equals(MailboxName.canonical(from.name()))) {
            tally.note("the mailbox `" + from.name() + "` is called `" + name + "` here");
        }
        tally.begin(name);
        try (var reader = archive.read(from)) {
            var bringing = new MailboxImport(reader, from, name, done, tally);
            if (dryRun) bringing.look(store, messageLimit);
            else bringing.run(store, account, target(from, name, archive), messageLimit);
            return reader.octetsRead();
        } catch (IOException e) { // who has gone that we tell it hears this neither
            tally.passOver(from.place(), "it can't be read: " + e.getMessage());
            return 0;
        } catch (StoreException e) {
            if (!MailboxImport.isOfOne(e)) throw e;
            tally.passOver(from.place(), String.valueOf(e.getMessage()));
            return 0;
        }
    }

    /** The mailbox that is there, or a new one. */
    private Mailbox target(ArchivedMailbox from, String name, Archive archive) {
        var there = store.find(account.id(), name);
        var mailbox =
                there.orElseGet(
                        () ->
                                store.alter(
                                        account.id(),
                                        new MailboxChange.Create(name, free(from.use()))));
        boolean unused = store.state(mailbox.id()).uidNext() == 1;
        boolean wish = archive.manifest().isEmpty() || from.subscribed();
        if (wish && (there.isEmpty() || from.subscribed())) subscribe(name);
        if (!wish && unused) store.alter(account.id(), new MailboxChange.Unsubscribe(name));
        return mailbox;
    }

    /** A special use, unless another mailbox has it. */
    private Optional<SpecialUse> free(Optional<SpecialUse> use) {
        boolean taken =
                store.list(account.id()).stream()
                        .anyMatch(m -> m.use().isPresent() && m.use().equals(use));
        return taken ? Optional.empty() : use;
    }

    private void subscribe(String name) {
        store.alter(account.id(), new MailboxChange.Subscribe(UsableName.of(name)));
    }

    /** Somebody who is told nothing. */
    private static final class Silence implements Progress {
        @Override
        public void at(String mailbox, long messages, long octets) {}

        @Override
        public void passedOver(PassedOver what) {}

        @Override
        public void note(String text) {}
    }
}
