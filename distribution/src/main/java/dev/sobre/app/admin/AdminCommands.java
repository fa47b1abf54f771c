package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.mail.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The table of all administrators' commands, and the one way to run them. */
public final class AdminCommands {

    private static final List<Row> TABLE =
            List.of(
                    new Row(
                            "account",
                            "adds, changes, removes, shows and imports accounts",
                            AccountGroup::new),
                    new Row(
                            "store",
                            "checks, backs up and restores the mail store, frees its space",
                            StoreGroup::new),
                    new Row(
                            "export",
                            "writes an account's mail to a Maildir or mbox files",
                            ExportMail::new),
                    new Row(
                            "import",
                            "brings mail from a Maildir or mbox files into an account",
                            ImportMail::new),
                    new Row(
                            "queue",
                            "shows and changes what waits to leave for other domains",
                            QueueGroup::new),
                    new Row("explain", "says what happens to mail for an address", Explain::new),
                    new Row("status", "shows how the server is", Status::new),
                    new Row("sessions", "lists the open sessions", Sessions::new),
                    new Row("trace", "follows the sessions of an account live", Trace::new),
                    new Row("log", "shows what was logged of a session", SessionLog::new),
                    new Row("tls", "shows how TLS sessions resume", TlsCommands::new));

    private AdminCommands() {}

    private record Row(String name, String summary, Supplier<Object> command) {}

    /** The first word of each command. */
    public static List<String> names() {
        return TABLE.stream().map(Row::name).toList();
    }

    /** What a command does, in a few words. */
    public static String summary(String name) {
        return row(name).summary;
    }

    /** The object that picocli reads a command's words into. */
    public static Object command(String name) {
        return row(name).command.get();
    }

    /**
     * The command line of those commands that begin with a word, or of all if none does. What is
     * not asked for is not made: picocli's reflection is most of a short command's time.
     */
    public static CommandLine line(String word) {
        var line = new CommandLine(new Words());
        boolean known = names().contains(word);
        for (Row row : TABLE) {
            if (!known || row.name.equals(word)) line.addSubcommand(row.command.get());
        }
        addHelp(line);
        return line;
    }

    /**
     * Runs a command; whatever there is to say is said through the caller.
     *
     * @throws IOException when the caller is gone
     */
    public static int run(List<String> words, Office office, Caller caller) throws IOException {
        var line = line(words.isEmpty() ? "" : words.getFirst());
        try {
            var parsed = line.parseArgs(words.toArray(String[]::new));
            var last = parsed;
            while (last.hasSubcommand()) last = last.subcommand();
            var spec = last.commandSpec();
            if (last.isUsageHelpRequested()) {
                caller.terminal().print(spec.commandLine().getUsageMessage());
                return 0;
            }
            if (spec.userObject() instanceof AdminCommand command) {
                return command.run(office, caller);
            }
            caller.terminal().print(spec.commandLine().getUsageMessage());
            return Failure.USAGE;
        } catch (ParameterException e) {
            caller.complain(usageProblem(e));
            return Failure.USAGE;
        } catch (Failure e) {
            caller.complain(String.valueOf(e.getMessage()));
            return e.exitCode();
        } catch (StoreException e) {
            caller.complain(String.valueOf(e.getMessage()));
            return Failure.FAILED;
        } catch (EOFException | InterruptedIOException e) {
            caller.complain("no answer, so nothing was done");
            return 1;
        }
    }

    private static Row row(String name) {
        return TABLE.stream().filter(row -> row.name.equals(name)).findFirst().orElseThrow();
    }

    /** What is wrong with a command line, with its usage. */
    public static String usageProblem(ParameterException e) {
        var text = new StringWriter();
        e.getCommandLine().usage(new PrintWriter(text, true));
        boolean group = !e.getCommandLine().getSubcommands().isEmpty();
        String unmatched = group ? "there is no command `$1` here" : "`$1` is a word too many";
        String problem =
                String.valueOf(e.getMessage())
                        .replaceFirst("^Error: ", "")
                        .replaceFirst("^Unmatched arguments? \\w+ index \\d+: '(.*?)'.*", unmatched)
                        .replaceFirst("is not an? (int|long)$", "is no whole number");
        return problem + System.lineSeparator() + text.toString().stripTrailing();
    }

    /** Gives every command of a tree its {@code --help}. */
    public static void addHelp(CommandLine line) {
        var help = CommandSpec.forAnnotatedObject(new HelpOption());
        if (!line.getCommandSpec().mixins().containsKey("help")) {
            line.getCommandSpec().addMixin("help", help);
        }
        line.getSubcommands().values().forEach(AdminCommands::addHelp);
    }

    @Command(name = "")
    private static final class Words {}
}
