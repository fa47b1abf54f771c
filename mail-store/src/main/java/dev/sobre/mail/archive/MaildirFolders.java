package dev.sobre.mail.archive;

import dev.sobre.mail.Mailbox;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the folders of a Maildir: Maildir++ ({@code .Lists.News} beside INBOX's own {@code cur})
 * and folders in folders ({@code Lists/News/cur}), as mbsync and mutt make them.
 */
final class MaildirFolders {

    static final List<String> PARTS = List.of("cur", "new");

    private static final Set<String> NO_FOLDERS = Set.of("cur", "new", "tmp");

    private MaildirFolders() {}

    static List<ArchivedMailbox> find(Path archive, Tally tally) throws IOException {
        List<ArchivedMailbox> found = new ArrayList<>();
        if (isMaildir(archive)) found.add(ArchivedMailbox.of(Mailbox.INBOX, ".", false));
        find(Step.top(archive), found, tally);
        return found;
    }

    private static void find(Step folder, List<ArchivedMailbox> found, Tally tally)
            throws IOException {
        for (Path each : folder.files()) {
            String file = String.valueOf(each.getFileName());
            if (NO_FOLDERS.contains(file) || !Folders.isFolder(each)) continue;
            boolean plusPlus = folder.depth() == 0 && file.startsWith(".");
            String level = plusPlus ? levels(file.substring(1)) : FolderName.decode(file);
            var here = folder.to(file, level);
            if (isMaildir(each)) found.add(ArchivedMailbox.of(here.name(), here.place(), false));
            here.descend(below -> find(below, found, tally), tally);
        }
    }

    private static boolean isMaildir(Path folder) {
        return PARTS.stream().anyMatch(part -> Folders.isFolder(folder.resolve(part)));
    }

    private static String levels(String storageName) {
        return Arrays.stream(storageName.split("\\.", -1))
                .map(FolderName::decode)
                .collect(Collectors.joining("/"));
    }

    /** The subscribed names, from Dovecot's file of them in either of its versions. */
    static List<String> subscriptions(Path archive) throws IOException {
        Path file = archive.resolve("subscriptions");
        if (!Folders.isFile(file)) return List.of();
        try {
            var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            boolean tabs = !lines.isEmpty() && lines.getFirst().startsWith("V\t");
            return lines.stream()
                    .skip(tabs ? 1 : 0)
                    .filter(line -> !line.isBlank())
                    .map(line -> tabs ? line.replace('\t', '/') : levels(line))
                    .toList();
        } catch (MalformedInputException e) {
            return List.of();
        }
    }

    /** The octets of a folder's files; what can't be read is named when its turn comes. */
    static long octets(Path folder) throws IOException {
        long sum = 0;
        for (String part : PARTS) {
            Path files = folder.resolve(part);
            if (Files.isReadable(files) && Folders.isFolder(files)) sum += octetsIn(files);
        }
        return sum;
    }

    private static long octetsIn(Path files) throws IOException {
        long sum = 0;
        try (var each = Files.newDirectoryStream(files)) {
            for (Path file : each) sum += Folders.isFile(file) ? Files.size(file) : 0;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return sum;
    }
}
