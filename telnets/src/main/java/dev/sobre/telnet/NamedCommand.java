package dev.sobre.telnet;

import dev.sobre.line.Terminal;
import java.util.List;

/** A command put together from its parts. */
record NamedCommand(String name, String summary, String usage, Body body) implements Command {

    @Override
    public void run(List<String> arguments, Terminal terminal) throws Exception {
        body.run(arguments, terminal);
    }
}
