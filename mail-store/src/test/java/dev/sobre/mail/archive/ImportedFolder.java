package dev.sobre.mail.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sobre.mail.Flags;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Files that others made, and the account that they are brought into. */
abstract class ImportedFolder {

    static final long LIMIT = 100_000;
    static final Instant TIME = Instant.parse("2020-02-02T20:02:02Z");

    @TempDir Path folder;

    final Household house = new Household(MemoryStore.empty());
    final Watched watched = new Watched();

    Path put(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, text.getBytes(ISO_8859_1));
        Files.setLastModifiedTime(path, FileTime.from(TIME));
        return path;
    }

    Summary bring(Form form, Path from) throws IOException {
        return new Import(house.store(), house.ann(), form, from, Optional.empty(), LIMIT, false)
                .run(watched);
    }

    List<Flags> flags(String mailbox) {
        return house.messages(house.mailbox(mailbox)).stream().map(m -> m.flags()).toList();
    }

    List<Long> uids(String mailbox) {
        return house.messages(house.mailbox(mailbox)).stream().map(m -> m.uid()).toList();
    }
}
