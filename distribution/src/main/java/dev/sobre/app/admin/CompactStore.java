package dev.sobre.app.admin;

import dev.sobre.app.text.Counted;
import dev.sobre.app.text.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code store compact}: gives the space of removed mail back to the disk. */
@Command(
        name = "compact",
        description = {
            "Gives the space of removed mail back to the disk, all of it and now.",
            "Without this command it happens by itself where much of a file was removed."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME}"})
final class CompactStore implements AdminCommand {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var bar = new LazyBar(caller.terminal());
        var done =
                StoreGroup.durable(office)
                        .compact(
                                p ->
                                        bar.show(
                                                p.done(),
                                                p.segments(),
                                                new Size(p.freedOctets()) + " freed"));
        bar.clear();
        if (json) {
            var data = new LinkedHashMap<String, Object>();
            data.put("freedOctets", done.freedOctets());
            data.put("segments", done.segments());
            data.put("damaged", done.damaged());
            caller.terminal().println(Json.of(data));
        } else {
            caller.terminal().println(new Size(done.freedOctets()) + " freed");
            if (done.damaged() > 0) {
                caller.terminal()
                        .println(
                                Counted.of(done.damaged(), "damaged file was", "damaged files were")
                                        + " left alone; `store check` says more");
            }
        }
        return done.damaged() == 0 ? 0 : 1;
    }
}
