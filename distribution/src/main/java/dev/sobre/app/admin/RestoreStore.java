package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.mail.rocksdb.Finding;
import dev.sobre.mail.rocksdb.StoreCheck;
import dev.sobre.mail.rocksdb.StoreRestore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code store restore}: makes the mail store of a home from a backup. */
@Command(
        name = "restore",
        description = {
            "Makes the mail store of this home from a backup, and checks it. The server must be"
                    + " stopped, and the home have no mail, as after `init`: move a store that has"
                    + " some aside first.",
            "Mail programs load their mailboxes anew after it (each has another UIDVALIDITY); what"
                    + " POP3 users have fetched is not fetched again. Mail that waited to be relayed"
                    + " when the backup was taken is sent, perhaps once more.",
            "Of a damaged backup all that can be read is restored, and repaired as `store check"
                    + " --repair` does; what is lost is named, and the exit code is 1."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} /var/backups/mail"})
final class RestoreStore implements ClosedStoreCommand {

    @Parameters(paramLabel = "FOLDER", description = "The backup.")
    private String folder = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) {
        throw new Failure("a store is restored while no server has it open; stop the server first");
    }

    @Override
    public int runClosed(Path store, Caller caller) throws IOException {
        Path backup = caller.file(folder);
        var taken = StoreRestore.taken(backup);
        var bar = new LazyBar(caller.terminal());
        List<String> repairs = new ArrayList<>();
        var done =
                StoreRestore.restore(
                        backup,
                        store,
                        p -> bar.show(p.doneOctets(), p.octets(), "copied"),
                        repairs::add);
        List<Finding> wrong = new ArrayList<>();
        StoreCheck.of(
                store,
                finding -> {
                    if (!finding.harmless()) wrong.add(finding);
                });
        bar.clear();
        if (json) {
            var data = new LinkedHashMap<String, Object>();
            data.put("taken", taken);
            data.put("octets", done.octets());
            data.put("repairs", repairs);
            data.put("wrong", wrong.stream().map(Finding::toString).toList());
            caller.terminal().println(Json.of(data));
        } else {
            for (String repair : repairs) caller.terminal().println(repair);
            for (var finding : wrong) caller.terminal().println(finding.toString());
            caller.terminal()
                    .println(
                            "restored what was backed up "
                                    + taken
                                    + ": "
                                    + new Size(done.octets()));
        }
        return repairs.isEmpty() && wrong.isEmpty() ? 0 : 1;
    }
}
