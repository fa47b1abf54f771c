package dev.sobre.mail.archive;

import dev.sobre.mail.Numbering;
import dev.sobre.mail.SpecialUse;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What neither Maildir nor mbox can say of an account, in a text file beside them: exact names of
 * mailboxes, what they are for, how they were numbered, and subscriptions.
 *
 * @param mailboxes those with messages of their own
 * @param subscriptions names that are subscribed and have no mailbox
 * @param complete whether the export came to its end
 */
record Manifest(
        Form form,
        String account,
        List<ArchivedMailbox> mailboxes,
        List<String> subscriptions,
        boolean complete) {

    static final String FILE = "sobre.archive";

    private static final String FIRST = "sobre-archive 1";
    private static final long LONGEST = 64 << 20;

    void write(Path archive) throws IOException {
        Path unfinished = archive.resolve(FILE + ".tmp");
        try (var file = OutFile.create(unfinished)) {
            file.write(text().getBytes(StandardCharsets.UTF_8));
            file.sync();
        }
        Folders.name(unfinished, archive.resolve(FILE));
        Folders.sync(archive);
    }

    /** The manifest of an archive, if it has one. */
    static Optional<Manifest> read(Path archive) throws IOException {
        Path file = archive.resolve(FILE);
        if (!Folders.isFile(file)) return Optional.empty();
        if (Files.size(file) > LONGEST) throw new Unreadable("it is too long");
        try {
            return Optional.of(new Reading().read(Files.readAllLines(file)));
        } catch (MalformedInputException | IllegalArgumentException e) {
            throw new Unreadable("it is not what an export writes", e);
        }
    }

    private String text() {
        var out = new StringBuilder(FIRST + "\n");
        line(out, "form", form.name());
        line(out, "account", account);
        for (var mailbox : mailboxes) {
            line(out, "mailbox", mailbox.name());
            line(out, "place", mailbox.place());
            mailbox.numbers().ifPresent(n -> line(out, "numbers", numbers(n)));
            mailbox.use().ifPresent(use -> line(out, "use", use.name()));
            if (mailbox.subscribed()) line(out, "subscribed", "yes");
        }
        for (String name : subscriptions) line(out, "subscription", name);
        if (complete) line(out, "complete", "yes");
        return out.toString();
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append(key).append(' ').append(value).append('\n');
    }

    private static String numbers(Numbering n) {
        return n.uidValidity() + " " + n.uidNext() + " " + n.highestModSeq();
    }

    /** A manifest as far as it was read. */
    private static final class Reading {
        private final List<ArchivedMailbox> mailboxes = new ArrayList<>();
        private final List<String> subscriptions = new ArrayList<>();
        private Form form = Form.MAILDIR;
        private String account = "";
        private boolean complete;

        Manifest read(List<String> lines) {
            if (lines.isEmpty() || !lines.getFirst().equals(FIRST)) {
                throw new IllegalArgumentException("another file, or another version");
            }
            for (String line : lines.subList(1, lines.size())) {
                int space = line.indexOf(' ');
                if (space > 0) take(line.substring(0, space), line.substring(space + 1));
            }
            return new Manifest(form, account, mailboxes, subscriptions, complete);
        }

        private void take(String key, String value) {
            switch (key) {
                case "form" -> form = Form.valueOf(value);
                case "account" -> account = value;
                case "mailbox" -> mailboxes.add(ArchivedMailbox.of(value, "", false));
                case "subscription" -> subscriptions.add(value);
                case "complete" -> complete = true;
                default -> describe(key, value);
            }
        }

        private void describe(String key, String value) {
            if (mailboxes.isEmpty()) return;
            var m = mailboxes.removeLast();
            mailboxes.add(
                    switch (key) {
                        case "place" ->
                                new ArchivedMailbox(
                                        m.name(), value, m.numbers(), m.use(), m.subscribed());
                        case "numbers" ->
                                new ArchivedMailbox(
                                        m.name(),
                                        m.place(),
                                        Optional.of(numbers(value)),
                                        m.use(),
                                        m.subscribed());
                        case "use" ->
                                new ArchivedMailbox(
                                        m.name(),
                                        m.place(),
                                        m.numbers(),
                                        Optional.of(SpecialUse.valueOf(value)),
                                        m.subscribed());
                        case "subscribed" ->
                                new ArchivedMailbox(
                                        m.name(), m.place(), m.numbers(), m.use(), true);
                        default -> m; // of a later version
                    });
        }

        private static Numbering numbers(String value) {
            long[] n = Arrays.stream(value.split(" ")).mapToLong(Long::parseLong).toArray();
            if (n.length != 3) throw new IllegalArgumentException("not three numbers");
            return new Numbering(n[0], n[1], n[2]);
        }
    }
}
