package dev.sobre.telnet;

import dev.sobre.line.Terminal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** The administrator at the other end of a TELNET connection. */
final class TelnetTerminal implements Terminal {

    private static final int TYPED_AHEAD = 1024;

    private final TelnetConnection connection;
    private final LineEditor editor;
    private final Row status = new Row();
    private final Queue<Key> ahead = new ArrayDeque<>(); // typed while a command ran
    private boolean statusShown;
    private boolean interrupted;

    /** How a line that was asked for came to its end. */
    sealed interface Entered {
        record Line(String text) implements Entered {}

        record TooLong() implements Entered {}

        record Interrupted() implements Entered {}

        record End() implements Entered {}
    }

    TelnetTerminal(TelnetConnection connection, CommandTable commands) {
        this.connection = connection;
        this.editor = new LineEditor(commands::complete);
    }

    /** Lets the administrator enter a line. */
    Entered enter(String prompt, LineEditor.Kind kind) throws IOException {
        takeStatusAway();
        editor.begin(Plain.line(prompt), kind);
        connection.write(editor.show(connection.width()));
        while (true) {
            Key key = key();
            // What is pasted is drawn when all of it is there, or a line of it.
            if (key == Key.Action.ENTER) draw();
            LineEditor.Outcome outcome = editor.press(key);
            if (outcome != LineEditor.Outcome.MORE) return ended(outcome);
        }
    }

    /** Goes back to how it was before a command. */
    void commandOver() throws IOException {
        takeStatusAway();
        interrupted = false;
    }

    @Override
    public void print(String text) throws IOException {
        takeStatusAway();
        connection.write(Plain.text(text));
        connection.flush(); // whoever waits for a command sees how far it is
    }

    @Override
    public void status(String line) throws IOException {
        if (!interactive()) return;
        connection.write(status.draw(Plain.line(line), connection.width()));
        connection.flush();
        statusShown = true;
    }

    @Override
    public int width() {
        return connection.width();
    }

    @Override
    public boolean interactive() {
        return connection.echoes() && !connection.terminalType().equals("dumb");
    }

    @Override
    public String ask(String prompt) throws IOException {
        return answer(prompt, LineEditor.Kind.ANSWER);
    }

    @Override
    public String askSecret(String prompt) throws IOException {
        return answer(prompt, LineEditor.Kind.SECRET);
    }

    @Override
    public boolean interrupted() throws IOException {
        // Beyond the bound nothing is read, so that a line is never cut and then run.
        while (!interrupted && connection.hasInput() && ahead.size() < TYPED_AHEAD) {
            Optional<Key> key = connection.keyOfNextOctet();
            if (key.isEmpty()) continue;
            if (key.get() == Key.Action.INTERRUPT) {
                interrupted = true;
                ahead.clear();
            } else {
                ahead.add(key.get());
            }
        }
        return interrupted;
    }

    private String answer(String prompt, LineEditor.Kind kind) throws IOException {
        while (true) {
            switch (enter(prompt, kind)) {
                case Entered.Line line -> {
                    return line.text();
                }
                case Entered.TooLong() -> println(tooLong());
                case Entered.Interrupted(), Entered.End() -> {
                    interrupted = true;
                    throw new InterruptedIOException("the administrator gave no answer");
                }
            }
        }
    }

    static String tooLong() {
        return "The line is longer than " + EditedLine.LIMIT + " characters.";
    }

    private Key key() throws IOException {
        while (ahead.isEmpty()) {
            if (!connection.hasInput()) {
                draw();
                connection.await();
            }
            Optional<Key> key = connection.keyOfNextOctet();
            if (key.isPresent()) return key.get();
        }
        return ahead.remove();
    }

    private void draw() throws IOException {
        // A client that echoes itself shows the line already.
        if (connection.echoes()) connection.write(editor.show(connection.width()));
    }

    private Entered ended(LineEditor.Outcome outcome) throws IOException {
        if (outcome == LineEditor.Outcome.INTERRUPTED) connection.write("^C");
        if (connection.echoes()) connection.write("\r\n");
        return switch (outcome) {
            case LINE -> new Entered.Line(editor.text());
            case TOO_LONG -> new Entered.TooLong();
            case INTERRUPTED -> new Entered.Interrupted();
            case END -> new Entered.End();
            case MORE -> throw new IllegalStateException("the line has not ended");
        };
    }

    private void takeStatusAway() throws IOException {
        if (!statusShown) return;
        connection.write(status.draw("", connection.width()) + "\r");
        status.reset();
        statusShown = false;
    }
}
