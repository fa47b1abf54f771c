package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Reason;
import dev.sobre.mail.Account;
import dev.sobre.mail.archive.Export;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: writes an account's mail to files that other programs read. */
@Command(
        name = "export",
        description = {
            "Writes an account's mail to files that other programs read.",
            "UIDs, flags, keywords, dates and subscriptions are kept; what can't be read is named"
                    + " and passed over."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} ann@example.org --maildir /backup/ann"})
final class ExportMail implements AdminCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "An address of the account.")
    private String address = "";

    @Mixin private ArchiveOptions options = new ArchiveOptions();

    @Option(
            names = "--resume",
            description = "Go on with an export to this folder that was interrupted.")
    private boolean resume;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var account = AccountGroup.existing(address, office);
        Path folder = options.folder(caller);
        requireMailbox(account, office);
        var export =
                new Export(
                        office.store(), account, options.form(), folder, options.mailbox(), resume);
        var report = new ArchiveReport(caller.terminal(), export.octets(), options.json());
        try {
            return report.end("exported", export.run(report));
        } catch (FileAlreadyExistsException e) {
            throw new Failure(
                    folder
                            + " is not empty; choose another folder, or add --resume to go on with"
                            + " an interrupted export of this account in the same form",
                    e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(unwritable(folder, e), e);
        }
    }

    private void requireMailbox(Account account, Office office) {
        options.mailbox()
                .filter(name -> office.store().find(account.id(), name).isEmpty())
                .ifPresent(
                        name -> {
                            throw new Failure(account.address() + " has no mailbox `" + name + "`");
                        });
    }

    private static String unwritable(Path folder, IOException e) {
        String hint =
                e instanceof AccessDeniedException
                        ? "; when a server runs it is the server's user who writes it, so make a"
                                + " folder of that user's first"
                        : "";
        return folder + " can't be written: " + Reason.of(e) + hint;
    }
}
