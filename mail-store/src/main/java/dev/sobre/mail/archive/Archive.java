package dev.sobre.mail.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Mail in files, of our making or somebody else's.
 *
 * @param mailboxes what there is to read
 * @param subscriptions names of mailboxes that are subscribed, as far as files say so
 */
record Archive(
        Path folder,
        Form form,
        Optional<Manifest> manifest,
        List<ArchivedMailbox> mailboxes,
        Set<String> subscriptions) {

    /** Looks at what is in a folder; a single file is taken for one mbox. */
    static Archive open(Path path, Form form, Tally tally) throws IOException {
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        if (folder == null) throw new IOException("not a folder: " + path);
        var manifest =
                Files.isDirectory(path) ? manifest(folder, tally) : Optional.<Manifest>empty();
        var found =
                switch (form) {
                    case MAILDIR -> MaildirFolders.find(folder, tally);
                    case MBOX ->
                            Files.isDirectory(path)
                                    ? MboxFiles.find(folder, tally)
                                    : List.of(MboxFiles.one(path));
                };
        if (found.isEmpty()) tally.passOver(path.toString(), nothing(form, manifest));
        var subscribed = new HashSet<String>();
        if (form == Form.MAILDIR) subscribed.addAll(MaildirFolders.subscriptions(folder));
        manifest.ifPresent(m -> subscribed.addAll(m.subscriptions()));
        return new Archive(folder, form, manifest, merged(manifest, found), subscribed);
    }

    private static String nothing(Form asked, Optional<Manifest> manifest) {
        return "there is no "
                + asked.word()
                + " in it"
                + manifest.map(m -> ", but an export in the form of " + m.form().word()).orElse("");
    }

    private static Optional<Manifest> manifest(Path folder, Tally tally) throws IOException {
        try {
            var manifest = Manifest.read(folder);
            if (manifest.isPresent() && !manifest.get().complete()) {
                tally.note("the export to this folder was not finished, so mail may be missing");
            }
            return manifest;
        } catch (Unreadable e) {
            String why = e.reason() + "; names and numbers are taken from the files";
            tally.passOver(Manifest.FILE, why);
            return Optional.empty();
        }
    }

    /** What was found, as the manifest describes it where it does. */
    private static List<ArchivedMailbox> merged(
            Optional<Manifest> manifest, List<ArchivedMailbox> found) {
        List<ArchivedMailbox> all = new ArrayList<>();
        for (var each : found) {
            var described =
                    manifest.stream()
                            .flatMap(m -> m.mailboxes().stream())
                            .filter(m -> m.place().equals(each.place()))
                            .findFirst();
            all.add(described.orElse(each));
        }
        return all;
    }

    Path place(ArchivedMailbox mailbox) {
        return folder.resolve(mailbox.place());
    }

    MailboxReader read(ArchivedMailbox mailbox) throws IOException {
        return switch (form) {
            case MAILDIR -> MaildirReader.open(place(mailbox), mailbox.place());
            case MBOX -> MboxReader.open(place(mailbox), mailbox.place());
        };
    }

    /** The octets of the files there are to be read; walks through all of them. */
    long octets() throws IOException {
        long sum = 0;
        for (var mailbox : mailboxes) {
            sum +=
                    form == Form.MBOX
                            ? Files.size(place(mailbox))
                            : MaildirFolders.octets(place(mailbox));
        }
        return sum;
    }
}
