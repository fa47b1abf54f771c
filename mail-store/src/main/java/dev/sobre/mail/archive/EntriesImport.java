package dev.sobre.mail.archive;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxName;
import dev.sobre.mail.Metadata;
import dev.sobre.mail.Rights;
import dev.sobre.mail.Sharing;
import dev.sobre.mail.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Brings what an archive has attached to mailboxes. What a mailbox has already stays as it is. Who
 * gets rights is said each time: whoever wrote the archive chose them.
 */
final class EntriesImport {

    /** A longer line is not one of ours. */
    private static final int LONGEST = 32 << 10;

    private final MailStore store;
    private final Account account;
    private final Optional<String> only;
    private final boolean dryRun;
    private final Tally tally;
    private Target target = new Nothing();
    private String entry = "";
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();

    /** To what the next lines are attached. */
    private sealed interface Target {}

    private record Nothing() implements Target {}

    private record OfAccount() implements Target {}

    private record OfMailbox(String name, MailboxId id) implements Target {}

    /** A mailbox that a real run would make. */
    private record OfNewMailbox(String name) implements Target {}

    EntriesImport(
            MailStore store, Account account, Optional<String> only, boolean dryRun, Tally tally) {
        this.store = store;
        this.account = account;
        this.only = only;
        this.dryRun = dryRun;
        this.tally = tally;
    }

    void run(Path archive) throws IOException {
        Path file = archive.resolve(EntriesExport.FILE);
        if (!Folders.isFile(file)) return;
        try (var lines = Lines.of(file)) {
            if (!EntriesExport.FIRST.equals(lines.line())) {
                tally.passOver(EntriesExport.FILE, "another file, or another version");
                return;
            }
            for (String line = lines.line(); line != null; line = lines.line()) take(line);
            endOfEntry();
        }
    }

    private void take(String line) throws IOException {
        int space = line.indexOf(' ');
        String key = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1);
        if (key.equals("value")) {
            value(rest);
            return;
        }
        endOfEntry();
        switch (key) {
            case "account" -> target = only.isEmpty() ? new OfAccount() : new Nothing();
            case "mailbox" -> target = mailbox(rest);
            case "entry" -> entry = rest;
            case "rights" -> rights(rest);
            default -> {} // of a later version
        }
    }

    private Target mailbox(String name) throws IOException {
        if (only.isPresent() && !only.get().equals(MailboxName.canonical(name))) {
            return new Nothing();
        }
        String usable = UsableName.of(name);
        var there = store.find(account.id(), usable).map(Mailbox::id);
        if (there.isPresent()) return new OfMailbox(usable, there.get());
        if (dryRun) return new OfNewMailbox(usable);
        tally.passOver(EntriesExport.FILE, "there is no mailbox " + usable);
        return new Nothing();
    }

    private void value(String base64) throws IOException {
        if (entry.isEmpty()) return;
        try {
            if (base64.length() > LONGEST) throw new IllegalArgumentException("a long line");
            value.writeBytes(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            dropEntry("its value is not what an export writes");
            return;
        }
        if (value.size() > Metadata.LONGEST_VALUE) dropEntry("its value is too long");
    }

    private void dropEntry(String why) throws IOException {
        tally.passOver("entry " + entry, why);
        entry = "";
        value.reset();
    }

    private void endOfEntry() throws IOException {
        if (!entry.isEmpty() && !dryRun) {
            try {
                bring(entry, ByteBuffer.wrap(value.toByteArray()));
            } catch (StoreException e) {
                passOver("entry " + entry, e);
            }
        }
        entry = "";
        value.reset();
    }

    private void bring(String name, ByteBuffer octets) {
        var metadata = store.metadata();
        var change = Map.of(name, Optional.of(octets));
        switch (target) {
            case OfAccount _ -> {
                boolean there = metadata.of(account.id()).containsKey(name);
                if (!there) metadata.change(account.id(), change);
            }
            case OfMailbox(_, MailboxId id) -> {
                if (!metadata.of(id).containsKey(name)) metadata.change(id, change);
            }
            case Nothing _, OfNewMailbox _ -> {}
        }
    }

    private void rights(String text) throws IOException {
        int space = Math.max(0, text.indexOf(' '));
        String letters = text.substring(0, space);
        String whose = text.substring(space).strip();
        switch (target) {
            case OfMailbox to -> grant(to, letters, whose);
            case OfNewMailbox(var name) -> saidOf(name, letters, whose, grantee(whose).isPresent());
            case Nothing _, OfAccount _ -> {}
        }
    }

    private void grant(OfMailbox to, String letters, String whose) throws IOException {
        var sharing = store.sharing();
        var grantee = grantee(whose);
        if (grantee.isPresent() && sharing.list(to.id).containsKey(grantee.get())) return;
        try {
            var rights = new Rights(letters);
            if (grantee.isPresent() && !dryRun) sharing.grant(to.id, grantee.get(), rights);
            saidOf(to.name, letters, whose, grantee.isPresent());
        } catch (StoreException e) {
            passOver(to.name + ", rights of " + whose, e);
        }
    }

    private void saidOf(String mailbox, String letters, String whose, boolean known)
            throws IOException {
        tally.note(
                known
                        ? mailbox + ": " + whose + " gets the rights " + letters
                        : mailbox + ": nobody here is called " + whose + ", who had rights");
    }

    private Optional<AccountId> grantee(String name) {
        if (name.equals(EntriesExport.ANYONE)) return Optional.of(Sharing.ANYONE);
        return store.accounts().find(name).map(Account::id);
    }

    private void passOver(String what, StoreException e) throws IOException {
        if (!MailboxImport.isOfOne(e)) throw e;
        tally.passOver(what, String.valueOf(e.getMessage()));
    }
}
