package dev.sobre.telnet;

import dev.sobre.line.Terminal;
import java.util.List;

/** {@code quit}: the session ends after it. */
record Quit() implements Command {

    @Override
    public String name() {
        return "quit";
    }

    @Override
    public String summary() {
        return "ends the session (so does Ctrl-D)";
    }

    @Override
    public String usage() {
        return "quit";
    }

    @Override
    public void run(List<String> arguments, Terminal terminal) {}
}
