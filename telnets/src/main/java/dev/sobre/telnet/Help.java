package dev.sobre.telnet;

import dev.sobre.line.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code help}: lists the commands, or tells how one is used. */
record Help(CommandTable table) implements Command {

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String summary() {
        return "lists the commands, or tells how one is used";
    }

    @Override
    public String usage() {
        return "help [COMMAND]\n  for example: help quit";
    }

    @Override
    public void run(List<String> arguments, Terminal terminal) throws IOException {
        if (arguments.isEmpty()) {
            list(terminal);
            return;
        }
        Optional<Command> command = table.find(arguments.getFirst());
        if (command.isEmpty()) {
            terminal.println("There is no command " + arguments.getFirst() + ".");
            return;
        }
        if (!command.get().summary().isEmpty()) {
            terminal.println(command.get().name() + ": " + command.get().summary());
        }
        terminal.println("usage: " + command.get().usage());
    }

    @Override
    public List<String> complete(List<String> arguments) {
        return arguments.size() == 1 ? table.names() : List.of();
    }

    private void list(Terminal terminal) throws IOException {
        int widest = table.names().stream().mapToInt(String::length).max().orElse(0);
        for (Command command : table.all()) {
            String name = command.name();
            String gap = " ".repeat(widest - name.length() + 2);
            terminal.println(("  " + name + gap + command.summary()).stripTrailing());
        }
    }
}
