package dev.sobre.mail.archive;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file or folder that is met on the way down an archive.
 *
 * @param place its path in the archive
 * @param name what a mailbox is called that it is
 * @param depth how many folders lie above it; 0 for the archive itself
 */
record Step(Path path, String place, String name, int depth) {

    private static final int DEEPEST = 32;

    /** What is done in a folder. */
    interface Search {
        void in(Step folder) throws IOException;
    }

    static Step top(Path archive) {
        return new Step(archive, "", "", 0);
    }

    /** All that lies in this folder, by name. */
    Set<Path> files() throws IOException {
        var all = new TreeSet<Path>();
        try (var files = Files.newDirectoryStream(path)) {
            files.forEach(all::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }

    /** The step to what lies in this folder, and is a level of a mailbox's name. */
    Step to(String file, String level) {
        return new Step(
                path.resolve(file),
                place.isEmpty() ? file : place + "/" + file,
                name.isEmpty() ? level : name + "/" + level,
                depth + 1);
    }

    /** Searches this folder, unless it lies too deep or can't be read. */
    void descend(Search search, Tally tally) throws IOException {
        try {
            if (depth <= DEEPEST) search.in(this);
            else tally.passOver(place, "there are too many folders in folders");
        } catch (FileSystemException e) {
            tally.passOver(place, "it can't be read: " + e.getMessage());
        }
    }
}
