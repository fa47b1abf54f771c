package dev.sobre.telnet;

import dev.sobre.line.Terminal;
import java.util.List;

/** A command of the administrator, of which an embedder gives a table. Must be thread-safe. */
public interface Command {

    /** The word that calls it. */
    String name();

    /** What it does, in one line. */
    default String summary() {
        return "";
    }

    /** How it is called, with an example. */
    default String usage() {
        return name();
    }

    /**
     * Runs it.
     *
     * @param arguments the words after the name
     * @throws Exception any: the administrator reads that it failed, the log says why
     */
    void run(List<String> arguments, Terminal terminal) throws Exception;

    /**
     * Words that may stand in the place of the last argument, which is being typed and may be
     * empty; what does not begin like it is left out.
     */
    default List<String> complete(List<String> arguments) {
        return List.of();
    }

    /** A command from its name and what it does. */
    static Command named(String name, Body body) {
        return named(name, "", name, body);
    }

    /** A command with its help. */
    static Command named(String name, String summary, String usage, Body body) {
        return new NamedCommand(name, summary, usage, body);
    }

    /** What a command does. */
    @FunctionalInterface
    interface Body {
        void run(List<String> arguments, Terminal terminal) throws Exception;
    }
}
