package dev.sobre.app.cli;

import dev.sobre.app.admin.AdminCommand;
import dev.sobre.app.admin.AdminCommands;
import dev.sobre.app.cert.Cert;
import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Reason;
import dev.sobre.mail.StoreException;
import dev.sobre.tls.BindFailed;
import dev.sobre.tls.pki.PkiException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Reads a command line, runs it, and turns whatever goes wrong into words and an exit code. */
final class Cli {

    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", Demo::new);
        COMMANDS.put("init", Init::new);
        COMMANDS.put("serve", Serve::new);
        for (String name : AdminCommands.names()) {
            COMMANDS.put(name, () -> AdminCommands.command(name));
        }
        COMMANDS.put("settings", Settings::new);
        COMMANDS.put("send", Send::new);
        COMMANDS.put("tls", Tls::new);
        COMMANDS.put("cert", Cert::new);
        COMMANDS.put("dkim", Dkim::new);
        COMMANDS.put("tunnel", TunnelCommand::new);
        COMMANDS.put("check", Check::new);
    }

    private Cli() {}

    /** Runs a command line; 0 is done, 1 failed, 2 not understood. */
    static int run(String... args) {
        var root = new Sobre();
        var line = new CommandLine(root);
        addCommands(line, args);
        addHome(line);
        AdminCommands.addHelp(line);
        line.setParameterExceptionHandler(
                (e, words) -> {
                    System.err.println("sobre: " + AdminCommands.usageProblem(e));
                    return Failure.USAGE;
                });
        line.setExecutionExceptionHandler(
                (e, at, parsed) -> {
                    System.err.println("sobre: " + words(e, root.debug));
                    if (root.debug) e.printStackTrace(System.err);
                    return e instanceof Failure failure ? failure.exitCode() : Failure.FAILED;
                });
        line.setExecutionStrategy(parsed -> execute(parsed, root, List.of(args)));
        return line.execute(args);
    }

    /**
     * Adds the command that the line begins with, or all where it begins with none, such as for
     * help. What is not asked for is not made: picocli's reflection takes time.
     */
    private static void addCommands(CommandLine line, String[] args) {
        String word = args.length == 0 ? "" : args[0];
        COMMANDS.forEach(
                (name, command) -> {
                    boolean asked = !COMMANDS.containsKey(word) || name.equals(word);
                    if (asked) line.addSubcommand(command.get());
                });
    }

    private static int execute(ParseResult parsed, Sobre root, List<String> args) {
        Logging.forCommands(root.debug);
        var last = parsed;
        while (last.hasSubcommand()) last = last.subcommand();
        var spec = last.commandSpec();
        boolean asked = last.isUsageHelpRequested() || last.isVersionHelpRequested();
        if (asked) return new RunLast().execute(parsed);
        if (spec.userObject() instanceof AdminCommand command) {
            return guarded(spec, () -> AdminCall.run(home(spec).existing(), command, args));
        }
        if (!(spec.userObject() instanceof Runnable) && !isCallable(spec)) {
            System.err.println("sobre: say which command");
            spec.commandLine().usage(System.err);
            return Failure.USAGE;
        }
        return new RunLast().execute(parsed);
    }

    private static HomeOption home(CommandSpec spec) {
        var mixin = Objects.requireNonNull(spec.mixins().get("home"), "added to all of them");
        return (HomeOption) mixin.userObject();
    }

    private static boolean isCallable(CommandSpec spec) {
        return spec.userObject() instanceof Callable;
    }

    /** Runs what picocli does not know how to run, under the same handler. */
    private static int guarded(CommandSpec spec, Callable<Integer> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new CommandLine.ExecutionException(spec.commandLine(), words(e, false), e);
        }
    }

    private static void addHome(CommandLine line) {
        for (CommandLine each : line.getSubcommands().values()) {
            boolean named = each.getCommandSpec().mixins().containsKey("home"); // by an alias
            if (each.getCommandSpec().userObject() instanceof AdminCommand && !named) {
                var home = CommandSpec.forAnnotatedObject(new HomeOption());
                each.getCommandSpec().addMixin("home", home);
            }
            addHome(each);
        }
    }

    static String words(Exception e, boolean debug) {
        return switch (e) {
            case Failure failure -> String.valueOf(failure.getMessage());
            case BindFailed failed -> String.valueOf(failed.getMessage());
            case PkiException pki -> String.valueOf(pki.getMessage());
            case StoreException store -> words(store);
            case IOException io -> "this can't be done: " + Reason.of(io);
            default ->
                    "this should not have happened: "
                            + e
                            + (debug ? "" : "; with --debug it says where");
        };
    }

    private static String words(StoreException e) {
        String what = String.valueOf(e.getMessage());
        return e.reason() == StoreException.Reason.DAMAGED
                ? what + "; `sobre store check` names what is damaged, with --repair it mends that"
                : what;
    }
}
