package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.rocksdb.CheckListener;
import dev.sobre.mail.rocksdb.Finding;
import dev.sobre.mail.rocksdb.Finding.Subject;
import dev.sobre.mail.rocksdb.StoreCheck;
import dev.sobre.mail.rocksdb.StoreRepair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code store check}: says what is wrong with the mail store. */
@Command(
        name = "check",
        description = {
            "Reads all of the mail store and says what is damaged, missing or counted wrongly.",
            "Nothing is changed, unless a repair is asked for. While a server runs, mail comes and"
                    + " goes meanwhile.",
            "The exit code is 1 when something is wrong."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} --json",
            "Put right what can be, with the server stopped: ${COMMAND-FULL-NAME} --repair",
            "Is a backup whole? ${COMMAND-FULL-NAME} --backup /var/backups/mail"
        })
final class CheckStore implements ClosedStoreCommand {

    @Option(
            names = "--repair",
            description = {
                "Put right what can be: count anew, and restore from the segments the messages that"
                        + " the metadata lost. The old metadata are kept aside."
            })
    private boolean repair;

    @Option(
            names = "--drop-damaged",
            description =
                    "Remove messages that can't be read; what there is of them is kept aside.")
    private boolean dropDamaged;

    @Option(
            names = "--backup",
            paramLabel = "FOLDER",
            description = "Read all of a backup instead, as a restore would; nothing is changed.")
    private Optional<String> backup = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object at the end.")
    private boolean json;

    private final List<Map<String, Object>> data = new ArrayList<>();
    private final List<String> repairs = new ArrayList<>();
    private int wrong;
    private int lost;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        if (backup.isPresent()) return checkBackup(backup.get(), caller);
        if (repair || dropDamaged) {
            throw new Failure("a store is repaired while no server has it open; stop the server");
        }
        var store = StoreGroup.durable(office);
        return check(store::check, caller);
    }

    @Override
    public int runClosed(Path store, Caller caller) throws IOException {
        if (backup.isPresent()) return checkBackup(backup.get(), caller);
        if (repair) StoreRepair.repair(store, what -> say(what, caller));
        if (dropDamaged) StoreRepair.dropDamaged(store, what -> say(what, caller));
        return check(listener -> StoreCheck.of(store, listener), caller);
    }

    private int checkBackup(String folder, Caller caller) throws IOException {
        if (repair || dropDamaged) {
            throw new Failure("a backup is not repaired: restore it, and repair the store");
        }
        Path place = caller.file(folder);
        return check(listener -> StoreCheck.ofBackup(place, listener), caller);
    }

    private int check(Consumer<CheckListener> check, Caller caller) throws IOException {
        var bar = new LazyBar(caller.terminal());
        check.accept(
                new CheckListener() {
                    @Override
                    public void found(Finding finding) {
                        take(finding, caller);
                    }

                    @Override
                    public void progress(long done, long total) {
                        bar.show(done, total, wrong == 0 ? "" : wrong + " found");
                    }
                });
        bar.clear();
        caller.terminal().println(json ? Json.of(summary()) : words());
        return wrong == 0 ? 0 : 1;
    }

    private void say(String what, Caller caller) {
        try {
            if (json) repairs.add(what);
            else caller.terminal().println(what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(Finding finding, Caller caller) {
        if (!finding.harmless()) wrong++;
        if (finding.kind().remedy() == Finding.Remedy.LOST) lost++;
        try {
            if (json) data.add(data(finding));
            else caller.terminal().println(finding.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String words() {
        if (wrong == 0) return "nothing is wrong";
        String found = wrong == 1 ? "1 thing is wrong" : wrong + " things are wrong";
        return lost == 0 ? found : found + "; what is damaged for good is in a backup, or lost";
    }

    private Map<String, Object> summary() {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("wrong", wrong);
        summary.put("lost", lost);
        summary.put("findings", data);
        if (repair || dropDamaged) summary.put("repairs", repairs);
        return summary;
    }

    private static Map<String, Object> data(Finding finding) {
        var data = new LinkedHashMap<String, Object>();
        data.put("kind", name(finding.kind()));
        data.put("remedy", name(finding.kind().remedy()));
        data.put("where", finding.where());
        data.put("what", finding.what());
        switch (finding.subject()) {
            case Subject.Store() -> {}
            case Subject.InFile(var file) -> data.put("file", file);
            case Subject.OfAccount(var account) -> data.put("account", account.value());
            case Subject.OfMailbox(var mailbox) -> put(data, mailbox);
            case Subject.OfMessage(var mailbox, var uid) -> {
                put(data, mailbox);
                data.put("uid", uid);
            }
        }
        return data;
    }

    private static void put(Map<String, Object> data, MailboxId mailbox) {
        data.put("account", mailbox.account().value());
        data.put("mailbox", mailbox.number());
    }

    private static String name(Enum<?> each) {
        return each.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
