package dev.sobre.mail.archive;

import dev.sobre.mail.MailboxName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds mbox files: {@code Lists.sbd/News} as Thunderbird has it, {@code Lists/News} as Dovecot,
 * either with {@code .mbox} at its end.
 */
final class MboxFiles {

    private static final int DEEPEST = 32;
    private static final String SUFFIX = ".mbox";
    private static final Set<String> OTHERS = Set.of(".msf", ".dat", ".html", ".json", ".tmp");

    private MboxFiles() {}

    /** The mailbox that a single file is. */
    static ArchivedMailbox one(Path file) {
        String name = String.valueOf(file.getFileName());
        return ArchivedMailbox.of(MailboxName.canonical(level(name)), name, false);
    }

    static List<ArchivedMailbox> find(Path archive, Tally tally) throws IOException {
        List<ArchivedMailbox> found = new ArrayList<>();
        find(archive, "", "", 0, found, tally);
        return found;
    }

    private static void find(
            Path folder,
            String place,
            String name,
            int depth,
            List<ArchivedMailbox> found,
            Tally tally)
            throws IOException {
        for (Path each : sorted(folder)) {
            String file = String.valueOf(each.getFileName());
            String full = name.isEmpty() ? level(file) : name + "/" + level(file);
            String at = place.isEmpty() ? file : place + "/" + file;
            if (Folders.isFolder(each)) {
                descend(each, at, full, depth + 1, found, tally);
            } else {
                var problem = problem(each, file);
                if (problem.isPresent()) tally.passOver(at, problem.get());
                else if (isMailbox(file)) {
                    String canonical = MailboxName.canonical(full);
                    found.add(ArchivedMailbox.of(canonical, at, false));
                }
            }
        }
    }

    private static void descend(
            Path folder,
            String place,
            String name,
            int depth,
            List<ArchivedMailbox> found,
            Tally tally)
            throws IOException {
        try {
            if (depth <= DEEPEST) find(folder, place, name, depth, found, tally);
            else tally.passOver(place, "there are too many folders in folders");
        } catch (FileSystemException e) {
            tally.passOver(place, "it can't be read: " + e.getMessage());
        }
    }

    private static Set<Path> sorted(Path folder) throws IOException {
        var all = new TreeSet<Path>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path each : files) {
                if (!String.valueOf(each.getFileName()).startsWith(".")) all.add(each);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }

    private static boolean isMailbox(String file) {
        return !file.equals(Manifest.FILE) && OTHERS.stream().noneMatch(file::endsWith);
    }

    private static Optional<String> problem(Path path, String file) {
        if (!isMailbox(file)) return Optional.empty();
        if (file.endsWith(MboxWriter.UNFINISHED)) {
            return Optional.of("an export of this mailbox was not finished");
        }
        if (!Folders.isFile(path)) return Optional.of("it is no file");
        try (var in = Folders.read(path)) {
            byte[] first = in.readNBytes(Separator.FROM.length);
            if (first.length == 0 || Arrays.equals(first, Separator.FROM)) {
                return Optional.empty();
            }
            return Optional.of("it is no mbox file: it does not begin with `From `");
        } catch (IOException e) {
            return Optional.of("it can't be read: " + e.getMessage());
        }
    }

    private static String level(String file) {
        String name = file;
        if (name.endsWith(MboxWriter.BELOW)) name = cut(name, MboxWriter.BELOW);
        if (name.endsWith(SUFFIX) && name.length() > SUFFIX.length()) name = cut(name, SUFFIX);
        return FolderName.decode(name);
    }

    private static String cut(String name, String end) {
        return name.substring(0, name.length() - end.length());
    }
}
