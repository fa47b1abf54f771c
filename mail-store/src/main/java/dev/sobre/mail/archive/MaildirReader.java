package dev.sobre.mail.archive;

import dev.sobre.mail.Flags;
import dev.sobre.mail.Numbering;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads one Maildir folder: by UID what Dovecot's list knows, then the rest by name, which begins
 * with the time it came. The names are in memory, about 150 octets for each message.
 */
final class MaildirReader implements MailboxReader {

    private static final long NO_UID = Long.MAX_VALUE;

    private record Item(long uid, boolean isNew, String file) {}

    private final Path folder;
    private final String place;
    private final List<String> keywords;
    private final Optional<Numbering> numbers;
    private final List<Item> items;
    private final Optional<Lines> journal;
    private Optional<Journal.Entry> entry = Optional.empty();
    private int next;
    private Item item = new Item(0, false, "");
    private long octetsRead;

    private MaildirReader(
            Path folder,
            String place,
            UidList list,
            List<Item> items,
            List<String> keywords,
            Optional<Lines> journal) {
        this.folder = folder;
        this.place = place;
        this.numbers = list.numbers();
        this.items = items;
        this.keywords = keywords;
        this.journal = journal;
    }

    static MaildirReader open(Path folder, String place) throws IOException {
        var list = UidList.read(folder);
        List<Item> items = new ArrayList<>();
        for (String part : MaildirFolders.PARTS) {
            Path files = folder.resolve(part);
            if (Folders.isFolder(files)) collect(files, part.equals("new"), list, items);
        }
        items.sort(Comparator.comparingLong(Item::uid).thenComparing(Item::file));
        Path notes = folder.resolve(Journal.FILE);
        var journal =
                Folders.isFile(notes)
                        ? Optional.of(Journal.reader(notes))
                        : Optional.<Lines>empty();
        return new MaildirReader(folder, place, list, items, Dovecot.readKeywords(folder), journal);
    }

    private static void collect(Path files, boolean isNew, UidList list, List<Item> into)
            throws IOException {
        try (var each = Files.newDirectoryStream(files)) {
            for (Path path : each) {
                String file = String.valueOf(path.getFileName());
                if (file.startsWith(".")) continue;
                long uid = list.uid(MaildirFile.base(file));
                into.add(new Item(uid == 0 ? NO_UID : uid, isNew, file));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean next() throws IOException {
        if (next == items.size()) return false;
        item = items.get(next++);
        while (journal.isPresent() && entry.map(e -> e.uid() < item.uid).orElse(true)) {
            String line = journal.get().line();
            if (line == null) break;
            entry = Journal.Entry.parse(line);
        }
        return true;
    }

    @Override
    public String where() {
        String part = item.isNew ? "new/" : "cur/";
        return (place.equals(".") ? "" : place + "/") + part + item.file();
    }

    @Override
    public void copyTo(OutputStream to) throws IOException {
        Path path = path();
        if (!Folders.isFile(path)) throw new Unreadable("it is no file");
        try (var in = Folders.read(path)) {
            byte[] piece = new byte[64 << 10];
            for (int read = read(in, piece); read >= 0; read = read(in, piece)) {
                octetsRead += read;
                to.write(piece, 0, read);
            }
        } catch (AccessDeniedException e) {
            throw new Unreadable("this user may not read it", e);
        } catch (NoSuchFileException e) {
            throw new Unreadable("it is gone", e);
        }
    }

    private static int read(InputStream in, byte[] piece) throws Unreadable {
        try {
            return in.read(piece);
        } catch (IOException e) {
            throw new Unreadable("the disk can't give it: " + e.getMessage(), e);
        }
    }

    @Override
    public Facts facts() {
        String file = item.file();
        Flags named = MaildirFile.flags(file, keywords);
        var noted = entry.filter(e -> e.uid() == item.uid);
        var wire = MaildirFile.wireSize(file);
        long uid = item.uid == NO_UID ? 0 : item.uid;
        if (noted.isEmpty()) {
            return new Facts(uid, named, time(), Optional.empty(), Optional.empty(), wire, false);
        }
        var e = noted.get();
        // Other programs may have changed flags since, but not those keywords that have no letter.
        var unlettered = e.keywords().stream().filter(k -> !keywords.contains(k)).toList();
        return new Facts(
                uid,
                named.plus(Flags.of(0, unlettered)),
                e.date(),
                Optional.of(e.saved()),
                Optional.of(e.email()),
                OptionalLong.of(e.octets()),
                true);
    }

    private Instant time() {
        try {
            return Files.getLastModifiedTime(path()).toInstant();
        } catch (IOException e) {
            return Instant.now();
        }
    }

    private Path path() {
        return folder.resolve(item.isNew ? "new" : "cur").resolve(item.file());
    }

    @Override
    public Optional<Numbering> numbers() {
        return numbers;
    }

    @Override
    public long octetsRead() {
        return octetsRead;
    }

    @Override
    public void close() throws IOException {
        if (journal.isPresent()) journal.get().close();
    }
}
