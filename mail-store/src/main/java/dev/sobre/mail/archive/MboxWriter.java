package dev.sobre.mail.archive;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Message;
import dev.sobre.mail.Numbering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes mbox in the mboxrd form, as Thunderbird lays it out: {@code Lists/News} is the file {@code
 * News} in {@code Lists.sbd}. Each message begins with fields of ours, the first of which says how
 * many they are; the rest is what Dovecot and UW write.
 */
final class MboxWriter implements ArchiveWriter {

    static final String UNFINISHED = ".part";
    static final String BELOW = ".sbd";

    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path archive;
    private final Octets octets = new Octets();
    private Optional<OutFile> file = Optional.empty();
    private Path path;
    private Numbering numbers = new Numbering(1, 1, 0);

    MboxWriter(Path archive) {
        this.archive = archive;
        this.path = archive;
    }

    @Override
    public String place(String mailbox) {
        var levels =
                Arrays.stream(mailbox.split("/", -1))
                        .map(level -> FolderName.bounded(FolderName.encode(level)))
                        .toList();
        return String.join(BELOW + "/", levels);
    }

    @Override
    public long begin(String place, Numbering numbers) throws IOException {
        path = archive.resolve(place);
        this.numbers = numbers;
        if (Files.exists(path)) return Long.MAX_VALUE;
        Path parent = path.getParent();
        if (parent != null) Folders.create(parent);
        file = Optional.of(OutFile.create(unfinished()));
        return 0;
    }

    @Override
    public void add(Message message, BlobReader body) throws IOException {
        var out = file.orElseThrow();
        long start = out.position();
        try {
            out.write(head(message, start == 0).getBytes(StandardCharsets.UTF_8));
            var quoting = new FromQuoting(out);
            var lines = new LineFeeds(quoting);
            octets.copy(body, lines);
            lines.end();
            quoting.end();
            out.write((quoting.endsLine() ? "\n" : "\n\n").getBytes(StandardCharsets.US_ASCII));
        } catch (Unreadable e) {
            out.backTo(start);
            throw e;
        }
    }

    private String head(Message m, boolean first) {
        List<String> fields = new ArrayList<>();
        if (first) {
            fields.add("X-IMAPbase: " + numbers.uidValidity() + " " + ten(numbers.uidNext() - 1));
        }
        fields.add("X-UID: " + m.uid());
        fields.add("Status: " + (m.flags().has(Flag.SEEN) ? "RO" : "O"));
        String status = status(m.flags());
        if (!status.isEmpty()) fields.add("X-Status: " + status);
        if (!m.flags().keywords().isEmpty()) {
            fields.add("X-Keywords: " + String.join(" ", m.flags().keywords()));
        }
        String ours =
                String.join(
                        " ",
                        MboxOwn.FIELD + " " + fields.size(),
                        Long.toString(m.size()),
                        Long.toString(m.internalDate().toEpochMilli()),
                        Long.toString(m.savedDate().getEpochSecond()),
                        m.emailId().text());
        return separator(m.internalDate()) + ours + "\n" + String.join("\n", fields) + "\n";
    }

    private static String separator(Instant date) {
        return "From MAILER-DAEMON " + ASCTIME.format(date) + "\n";
    }

    private static String ten(long number) {
        return String.format(Locale.ROOT, "%010d", number);
    }

    private static String status(Flags flags) {
        var letters = new StringBuilder();
        if (flags.has(Flag.ANSWERED)) letters.append('A');
        if (flags.has(Flag.FLAGGED)) letters.append('F');
        if (flags.has(Flag.DRAFT)) letters.append('T');
        if (flags.has(Flag.DELETED)) letters.append('D');
        return letters.toString();
    }

    @Override
    public void end() throws IOException {
        if (file.isEmpty()) return;
        file.get().sync();
        file.get().close();
        file = Optional.empty();
        Folders.name(unfinished(), path);
        Path parent = path.getParent();
        if (parent != null) Folders.sync(parent);
    }

    @Override
    public void finish(List<Mailbox> mailboxes) {
        // mbox has no place for subscriptions; they are in the manifest.
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) file.get().close();
    }

    private Path unfinished() {
        return path.resolveSibling(path.getFileName() + UNFINISHED);
    }
}
