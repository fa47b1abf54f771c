package dev.sobre.mail.archive;

import dev.sobre.mail.MailboxName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds mbox files: {@code Lists.sbd/News} as Thunderbird has it, {@code Lists/News} as Dovecot,
 * either with {@code .mbox} at its end.
 */
final class MboxFiles {

    private static final String SUFFIX = ".mbox";
    private static final Set<String> OURS = Set.of(Manifest.FILE, EntriesExport.FILE);
    private static final Set<String> OTHERS = Set.of(".msf", ".dat", ".html", ".json", ".tmp");

    private MboxFiles() {}

    /** The mailbox that a single file is. */
    static ArchivedMailbox one(Path file) {
        String name = String.valueOf(file.getFileName());
        return ArchivedMailbox.of(MailboxName.canonical(level(name)), name, false);
    }

    static List<ArchivedMailbox> find(Path archive, Tally tally) throws IOException {
        List<ArchivedMailbox> found = new ArrayList<>();
        find(Step.top(archive), found, tally);
        return found;
    }

    private static void find(Step folder, List<ArchivedMailbox> found, Tally tally)
            throws IOException {
        for (Path each : folder.files()) {
            String file = String.valueOf(each.getFileName());
            if (file.startsWith(".")) continue;
            var here = folder.to(file, level(file));
            if (Folders.isFolder(each)) {
                here.descend(below -> find(below, found, tally), tally);
            } else {
                var problem = problem(each, file);
                if (problem.isPresent()) tally.passOver(here.place(), problem.get());
                else if (isMailbox(file)) {
                    String canonical = MailboxName.canonical(here.name());
                    found.add(ArchivedMailbox.of(canonical, here.place(), false));
                }
            }
        }
    }

    private static boolean isMailbox(String file) {
        return !OURS.contains(file) && OTHERS.stream().noneMatch(file::endsWith);
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
