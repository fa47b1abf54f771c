package dev.sobre.mail.archive;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Message;
import dev.sobre.mail.Numbering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes Maildir++: INBOX is the folder itself, {@code Lists/News} is {@code .Lists.News} in it. A
 * message is written and synced in {@code tmp}, then moved to {@code cur}, then noted in the
 * folder's {@link Journal}; so the journal names only messages that are there, and goes on where a
 * run before ended.
 */
final class MaildirWriter implements ArchiveWriter {

    private static final int BATCH = 100;

    /** A message that lies in {@code tmp}. */
    private record Written(String file, Journal.Entry entry) {}

    private final Path archive;
    private final Octets octets = new Octets();
    private final List<Written> batch = new ArrayList<>();
    private Optional<Journal> journal = Optional.empty();
    private Path folder;
    private Numbering numbers = new Numbering(1, 1, 0);

    MaildirWriter(Path archive) {
        this.archive = archive;
        this.folder = archive;
    }

    @Override
    public String place(String mailbox) {
        if (mailbox.equals(Mailbox.INBOX)) return ".";
        return FolderName.bounded("." + storageName(mailbox));
    }

    /** The name as Maildir++ and its file of subscriptions have it. */
    private static String storageName(String mailbox) {
        var levels = Arrays.stream(mailbox.split("/", -1)).map(FolderName::encode).toList();
        return String.join(".", levels);
    }

    @Override
    public long begin(String place, Numbering numbers) throws IOException {
        folder = archive.resolve(place).normalize();
        this.numbers = numbers;
        for (String each : List.of("tmp", "new", "cur")) Folders.create(folder.resolve(each));
        if (!place.equals(".")) OutFile.create(folder.resolve("maildirfolder")).close();
        clear(folder.resolve("tmp"));
        var opened = Journal.open(folder);
        journal = Optional.of(opened);
        return opened.lastUid();
    }

    @Override
    public void add(Message message, BlobReader body) throws IOException {
        var entry = Journal.Entry.of(message);
        String file = MaildirFile.name(message, numbers.uidValidity());
        Path path = folder.resolve("tmp").resolve(file);
        long written;
        try (var out = OutFile.create(path)) {
            var lines = new LineFeeds(out);
            octets.copy(body, lines);
            lines.end();
            written = out.position();
            out.sync();
        } catch (Unreadable e) {
            Files.deleteIfExists(path);
            throw e;
        }
        Files.setLastModifiedTime(path, FileTime.from(message.internalDate()));
        String letters = journal().letters(message.flags());
        batch.add(
                new Written(MaildirFile.withSizes(file, written, message.size(), letters), entry));
        Files.move(path, folder.resolve("tmp").resolve(batch.getLast().file));
        if (batch.size() == BATCH) commit();
    }

    private void commit() throws IOException {
        if (batch.isEmpty()) return;
        Path cur = folder.resolve("cur");
        for (var each : batch) {
            Folders.name(folder.resolve("tmp").resolve(each.file), cur.resolve(each.file));
        }
        Folders.sync(cur);
        for (var each : batch) journal().add(each.entry, each.file);
        journal().sync();
        batch.clear();
    }

    @Override
    public void end() throws IOException {
        commit();
        journal().close();
        Dovecot.writeUidList(folder, numbers);
        Dovecot.writeKeywords(folder, journal().keywords());
        Folders.sync(folder);
        journal = Optional.empty();
    }

    @Override
    public void finish(List<Mailbox> mailboxes) throws IOException {
        var names = new StringBuilder();
        for (var each : mailboxes) {
            if (each.subscribed()) names.append(storageName(each.name())).append('\n');
        }
        Path unfinished = archive.resolve("subscriptions.tmp");
        try (var file = OutFile.create(unfinished)) {
            file.write(names.toString().getBytes(StandardCharsets.US_ASCII));
            file.sync();
        }
        Folders.name(unfinished, archive.resolve("subscriptions"));
    }

    @Override
    public void close() throws IOException {
        if (journal.isPresent()) journal.get().close();
    }

    private Journal journal() {
        return journal.orElseThrow();
    }

    private static void clear(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) Files.deleteIfExists(file);
        }
    }
}
