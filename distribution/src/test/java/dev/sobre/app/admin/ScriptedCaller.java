package dev.sobre.app.admin;

import dev.sobre.line.Terminal;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A caller whose answers and input are known beforehand, and who keeps what was said. */
public final class ScriptedCaller implements Caller, Terminal {

    private final StringBuilder printed = new StringBuilder();
    private final StringBuilder complained = new StringBuilder();
    private final Deque<String> answers = new ArrayDeque<>();
    private byte[] input = {};

    /** Answers questions in this order; then there is nobody any more. */
    public static ScriptedCaller answering(String... answers) {
        var caller = new ScriptedCaller();
        caller.answers.addAll(List.of(answers));
        return caller;
    }

    /** Has something on standard input, or in the file that is named. */
    public static ScriptedCaller with(String input) {
        var caller = new ScriptedCaller();
        caller.input = input.getBytes(StandardCharsets.UTF_8);
        return caller;
    }

    public String printed() {
        return printed.toString();
    }

    public String complained() {
        return complained.toString();
    }

    @Override
    public Terminal terminal() {
        return this;
    }

    @Override
    public Input input() {
        return new Input(new ByteArrayInputStream(input), input.length);
    }

    @Override
    public Path file(String name) {
        return Path.of(name).toAbsolutePath();
    }

    @Override
    public void complain(String problem) {
        complained.append(problem).append('\n');
    }

    @Override
    public void print(String text) {
        printed.append(text);
    }

    @Override
    public void status(String line) {}

    @Override
    public int width() {
        return 72;
    }

    @Override
    public boolean interactive() {
        return !answers.isEmpty();
    }

    @Override
    public String ask(String prompt) throws EOFException {
        printed.append(prompt);
        String answer = answers.poll();
        if (answer == null) throw new EOFException();
        return answer;
    }

    @Override
    public String askSecret(String prompt) throws EOFException {
        return ask(prompt);
    }

    @Override
    public boolean interrupted() {
        return false;
    }
}
