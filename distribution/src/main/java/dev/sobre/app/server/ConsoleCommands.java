package dev.sobre.app.server;

import dev.sobre.app.admin.AdminCommands;
import dev.sobre.app.admin.Caller;
import dev.sobre.app.admin.Office;
import dev.sobre.app.text.Failure;
import dev.sobre.line.Terminal;
import dev.sobre.telnet.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;

/** The administrators' commands as the telnets console has them. */
final class ConsoleCommands {

    private ConsoleCommands() {}

    static List<Command> of(Office office) {
        return AdminCommands.names().stream()
                .<Command>map(name -> new ConsoleCommand(name, office))
                .toList();
    }

    /** One word of the console, with all that can follow it. */
    private record ConsoleCommand(String name, Office office) implements Command {

        @Override
        public String summary() {
            return AdminCommands.summary(name);
        }

        @Override
        public String usage() {
            var line = line();
            line.getCommandSpec().usageMessage().synopsisHeading(""); // the console has its own
            return line.getUsageMessage().strip();
        }

        @Override
        public void run(List<String> arguments, Terminal terminal) throws IOException {
            var words = new ArrayList<String>();
            words.add(name);
            words.addAll(arguments);
            AdminCommands.run(words, office, new ConsoleCaller(terminal));
        }

        /** What can follow: subcommands, and the options of the one that was named. */
        @Override
        public List<String> complete(List<String> arguments) {
            var at = line();
            for (String word : arguments.subList(0, Math.max(0, arguments.size() - 1))) {
                at = at.getSubcommands().getOrDefault(word, at);
            }
            var words = new ArrayList<>(at.getSubcommands().keySet());
            at.getCommandSpec().options().forEach(option -> words.add(option.longestName()));
            return words;
        }

        private CommandLine line() {
            return Objects.requireNonNull(
                    AdminCommands.line(name).getSubcommands().get(name), "it is in the table");
        }
    }

    /** An administrator on the console, who has no files here. */
    private record ConsoleCaller(Terminal terminal) implements Caller {

        @Override
        public void complain(String problem) throws IOException {
            terminal.println(problem);
        }

        @Override
        public Input input() {
            throw noFiles();
        }

        @Override
        public Path file(String name) {
            throw noFiles();
        }

        private static Failure noFiles() {
            return new Failure(
                    "the console can't read or write files or read standard input; use the `sobre`"
                            + " command on the server's machine for that");
        }
    }
}
