package dev.sobre.app.admin;

import dev.sobre.mail.archive.Form;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** In which form mail is in files, where, and of which mailbox. */
final class ArchiveOptions {

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Place place = new Place();

    @Option(
            names = "--mailbox",
            paramLabel = "NAME",
            description = "Only this mailbox, such as INBOX or Lists/News.")
    private Optional<String> mailbox = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object at the end.")
    private boolean json;

    /** One of the two. */
    private static final class Place {
        @Option(
                names = "--maildir",
                paramLabel = "DIR",
                description =
                        "A Maildir: a file for each message, with subfolders as Dovecot has them.")
        private String maildir = "";

        @Option(
                names = "--mbox",
                paramLabel = "DIR",
                description =
                        "Mbox: a file for each mailbox, with subfolders as Thunderbird has them.")
        private String mbox = "";
    }

    Form form() {
        return place.mbox.isEmpty() ? Form.MAILDIR : Form.MBOX;
    }

    Path folder(Caller caller) {
        return caller.file(place.mbox.isEmpty() ? place.maildir : place.mbox);
    }

    Optional<String> mailbox() {
        return mailbox;
    }

    boolean json() {
        return json;
    }
}
