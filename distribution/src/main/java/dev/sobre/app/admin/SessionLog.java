package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.app.text.LogFiles;
import dev.sobre.app.text.RecentLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code log}: what was logged of a session. */
@Command(
        name = "log",
        description = {
            "Shows what the running server logged of a session, whose id a client is told when"
                    + " something is refused. Where `log.file` is set, that file is searched with"
                    + " those it was rotated to; else what the server remembers. Ids begin anew"
                    + " when the server starts."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} imaps-17"})
final class SessionLog implements AdminCommand {

    private static final Pattern ID = Pattern.compile("[a-z0-9]{1,20}-\\d{1,19}");
    private static final int MOST = 10_000;

    @Parameters(paramLabel = "ID", description = "The id of the session, as in `imaps-17`.")
    private String id = "";

    @Option(names = "--json", description = "Print one JSON array of lines.")
    private boolean json;

    @Override
    public int run(Office office, Caller caller) throws IOException {
        if (!ID.matcher(id).matches()) {
            throw new Failure("`" + id + "` is no session; their ids look like imaps-17");
        }
        var server =
                office.server()
                        .orElseThrow(
                                () ->
                                        new Failure(
                                                "no server runs on this home; look for ["
                                                        + id
                                                        + "] in its log"));
        List<String> lines = lines(server.logFile().map(LogFiles::new));
        if (json) {
            caller.terminal().println(Json.of(lines));
            return 0;
        }
        for (String line : lines) caller.terminal().println(line);
        if (lines.isEmpty()) {
            throw new Failure("nothing was logged of session " + id + ", or it was too long ago");
        }
        return 0;
    }

    /** The last lines, if there are very many. */
    private List<String> lines(Optional<LogFiles> files) throws IOException {
        if (files.isEmpty()) return RecentLines.of(id);
        List<String> lines = new ArrayList<>();
        files.get()
                .read(
                        id,
                        line -> {
                            if (lines.size() == 2 * MOST) lines.subList(0, MOST).clear();
                            lines.add(line);
                        });
        return lines;
    }
}
