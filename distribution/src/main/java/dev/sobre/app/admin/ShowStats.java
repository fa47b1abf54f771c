package dev.sobre.app.admin;

import dev.sobre.app.text.Counted;
import dev.sobre.app.text.Json;
import dev.sobre.mail.rocksdb.StoreStats;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code store stats}: what the mail store holds and takes up. */
@Command(
        name = "stats",
        description = "Shows what the mail store holds and takes up.",
        footer = {"", "Example: ${COMMAND-FULL-NAME} --json"})
final class ShowStats implements AdminCommand {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var stats = StoreGroup.durable(office).stats();
        caller.terminal().println(json ? Json.of(data(stats)) : words(stats));
        return 0;
    }

    private static String words(StoreStats stats) {
        return String.join(
                System.lineSeparator(),
                "accounts   " + stats.accounts(),
                "messages   " + stats.messages(),
                "bodies     " + stats.bodies() + "; copies of a message share one",
                "segments   "
                        + Counted.of(stats.segments(), "file")
                        + ", "
                        + new Size(stats.segmentOctets()),
                "to free    "
                        + new Size(stats.releasedOctets())
                        + " of that: removed mail, and records of changes;"
                        + " a compaction frees them",
                "metadata   " + new Size(stats.metadataOctets()),
                "in memory  flags and sizes of " + Counted.of(stats.cachedRows(), "message"));
    }

    private static Map<String, Object> data(StoreStats stats) {
        var data = new LinkedHashMap<String, Object>();
        data.put("accounts", stats.accounts());
        data.put("messages", stats.messages());
        data.put("bodies", stats.bodies());
        data.put("segments", stats.segments());
        data.put("segmentOctets", stats.segmentOctets());
        data.put("releasedOctets", stats.releasedOctets());
        data.put("metadataOctets", stats.metadataOctets());
        data.put("cachedRows", stats.cachedRows());
        return data;
    }
}
