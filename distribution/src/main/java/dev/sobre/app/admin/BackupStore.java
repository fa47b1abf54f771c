package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.mail.rocksdb.BackupProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code store backup}: brings a folder up to date as a backup of the mail store. */
@Command(
        name = "backup",
        description = {
            "Brings a folder up to date as a backup of the mail store.",
            "While a server runs, mail comes and goes meanwhile, and the folder must be the one that"
                    + " `[store] backup-folder` in sobre.toml names, or below it. What is there"
                    + " already is not copied again. A backup that was interrupted leaves the one"
                    + " before.",
            "The exit code is 1 when the disk could not read all of it: the backup has the rest."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} /var/backups/mail",
            "Is it whole? store check --backup /var/backups/mail",
            "Back from there: store restore /var/backups/mail"
        })
final class BackupStore implements AdminCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Where to; the folder of sobre.toml if left out.")
    private String folder = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        Path target = target(office, caller);
        var bar = new LazyBar(caller.terminal());
        var done =
                StoreGroup.durable(office)
                        .backup(target, p -> bar.show(p.doneOctets(), p.octets(), ""));
        bar.clear();
        if (json) {
            var data = new LinkedHashMap<String, Object>();
            data.put("folder", target.toString());
            data.put("octets", done.octets());
            data.put("copiedOctets", done.copiedOctets());
            data.put("sharedOctets", done.sharedOctets());
            data.put("unreadable", done.unreadable());
            caller.terminal().println(Json.of(data));
        } else {
            caller.terminal().println("backed up to " + target + "; " + words(done));
            if (done.unreadable() > 0) {
                caller.terminal()
                        .println(
                                "files that the disk could not read whole: "
                                        + done.unreadable()
                                        + "; `store check` names the messages that the backup lacks,"
                                        + " too");
            }
        }
        return done.unreadable() == 0 ? 0 : 1;
    }

    private static String words(BackupProgress done) {
        String copied = new Size(done.copiedOctets()) + " of " + new Size(done.octets());
        if (done.sharedOctets() == 0) return copied + " were copied, the rest was there";
        return copied
                + " were copied; "
                + new Size(done.sharedOctets())
                + " are the store's own files under a second name, so what breaks this disk breaks"
                + " both: keep a backup on another disk, too";
    }

    private Path target(Office office, Caller caller) {
        var configured = office.backups();
        if (folder.isEmpty()) {
            return configured.orElseThrow(
                    () ->
                            new Failure(
                                    "say which folder, or name one in sobre.toml: [store]"
                                            + " backup-folder"));
        }
        Path asked = caller.file(folder);
        boolean within = configured.filter(asked::startsWith).isPresent();
        if (office.server().isEmpty() || within) return asked;
        throw new Failure(
                configured
                        .map(c -> "a running server backs up to " + c + " only, or below it")
                        .orElse(
                                "a running server backs up only to the folder that sobre.toml"
                                        + " names: [store] backup-folder; or stop it first"));
    }
}
