package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.mail.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The table of all administrators' commands, and the one way to run them. */
public final class AdminCommands {

    /** The exit code of a command line that can't be understood. */
    public static final int USAGE = 2;

    private AdminCommands() {}

    /** The first words, each with the object that picocli reads the rest from. */
    public static List<CommandLine> table() {
        return List.of(
                new CommandLine(new User()),
                new CommandLine(new Status()),
                new CommandLine(new Sessions()));
    }

    /** The words' whole command line: what a server accepts from afar. */
    public static CommandLine line() {
        var line = new CommandLine(new Words());
        for (CommandLine each : table()) line.addSubcommand(each);
        addHelp(line);
        return line;
    }

    /**
     * Runs a command; whatever there is to say is said through the caller.
     *
     * @throws IOException when the caller is gone
     */
    public static int run(List<String> words, Office office, Caller caller) throws IOException {
        var line = line();
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
            return USAGE;
        } catch (ParameterException e) {
            caller.complain(usageProblem(e));
            return USAGE;
        } catch (Failure | StoreException e) {
            caller.complain(String.valueOf(e.getMessage()));
            return 1;
        } catch (EOFException | InterruptedIOException e) {
            caller.complain("no answer, so nothing was done");
            return 1;
        }
    }

    /** What is wrong with a command line, with its usage. */
    public static String usageProblem(ParameterException e) {
        var text = new StringWriter();
        e.getCommandLine().usage(new PrintWriter(text, true));
        return e.getMessage() + System.lineSeparator() + text.toString().stripTrailing();
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
