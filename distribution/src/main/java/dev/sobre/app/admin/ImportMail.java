package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Reason;
import dev.sobre.mail.archive.Import;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: brings mail from files into an account. */
@Command(
        name = "import",
        description = {
            "Brings mail from files into an account: from an export, or a Maildir or mbox files of"
                    + " other programs. It may be repeated; nothing is brought twice.",
            "What can't be taken is named and passed over."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org --maildir /backup/ann"})
final class ImportMail implements AdminCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "An address of the account.")
    private String address = "";

    @Mixin private ArchiveOptions options = new ArchiveOptions();

    @Option(names = "--dry-run", description = "Read and check everything, and change nothing.")
    private boolean dryRun;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        Path folder = options.folder(caller);
        if (!Files.exists(folder)) throw new Failure("there is no " + folder);
        var bringing =
                new Import(
                        office.store(),
                        account,
                        options.form(),
                        folder,
                        options.mailbox(),
                        office.messageLimit(),
                        dryRun);
        try {
            var report = new ArchiveReport(caller.terminal(), bringing.octets(), options.json());
            return report.end(dryRun ? "would import" : "imported", bringing.run(report));
        } catch (FileSystemException e) {
            throw new Failure(
                    folder
                            + " can't be read: "
                            + Reason.of(e)
                            + "; when a server runs it is the server's user who reads it",
                    e);
        }
    }
}
