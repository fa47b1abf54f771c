package dev.sobre.app.cli;

import dev.sobre.app.admin.AdminCommand;
import dev.sobre.app.admin.Caller;
import dev.sobre.app.text.Consoles;
import dev.sobre.app.text.Failure;
import dev.sobre.line.Terminal;
import java.io.Console;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The terminal, standard streams and files of this process. */
final class LocalCaller implements Caller, Terminal, AutoCloseable {

    private final Optional<Console> console = Consoles.interactive();
    private final Input input;
    private boolean drawn;

    private LocalCaller(Input input) {
        this.input = input;
    }

    /** Opens what the command reads. */
    static LocalCaller of(AdminCommand command) {
        Optional<Path> file = command.input();
        if (file.isEmpty()) return new LocalCaller(new Input(System.in, -1));
        try {
            return new LocalCaller(
                    new Input(Files.newInputStream(file.get()), Files.size(file.get())));
        } catch (IOException e) {
            throw new Failure("can't read " + file.get() + ": is there such a file?", e);
        }
    }

    @Override
    public Terminal terminal() {
        return this;
    }

    @Override
    public Input input() {
        return input;
    }

    @Override
    public Path file(String name) {
        return Path.of(name).toAbsolutePath().normalize();
    }

    @Override
    public void complain(String problem) {
        System.err.println("sobre: " + problem);
    }

    @Override
    public boolean interactive() {
        return console.isPresent();
    }

    @Override
    public int width() {
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[0-9]{2,3}") ? Integer.parseInt(columns) : 80;
    }

    @Override
    public void print(String text) {
        status("");
        System.out.print(text);
        System.out.flush();
    }

    @Override
    public void status(String line) {
        if (!interactive() || (line.isEmpty() && !drawn)) return;
        System.out.print("\r" + line + "\u001b[K");
        System.out.flush();
        drawn = !line.isEmpty();
    }

    @Override
    public String ask(String prompt) throws IOException {
        String line = console().readLine("%s", prompt);
        if (line == null) throw new EOFException("no answer, so nothing was done");
        return line;
    }

    @Override
    public String askSecret(String prompt) throws IOException {
        char[] secret = console().readPassword("%s", prompt);
        if (secret == null) throw new EOFException("no answer, so nothing was done");
        return new String(secret);
    }

    @Override
    public boolean interrupted() {
        return false; // Ctrl-C ends this process
    }

    private Console console() {
        return console.orElseThrow(
                () ->
                        new Failure(
                                "there is no terminal to ask on; use --password-stdin, --generate"
                                        + " or --yes"));
    }

    @Override
    public void close() throws IOException {
        input.octets().close();
    }
}
