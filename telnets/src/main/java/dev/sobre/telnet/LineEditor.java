package dev.sobre.telnet;

import java.util.List;
import java.util.function.Function;

/** Edits a line key by key. What the screen needs is gathered until {@link #show} is called. */
final class LineEditor {

    /** What a key led to. */
    enum Outcome {
        MORE,
        LINE,
        TOO_LONG,
        INTERRUPTED,
        END
    }

    /** What the line is. */
    enum Kind {
        /** With history and completion. */
        COMMAND,
        ANSWER,
        /** Never shown and never remembered. */
        SECRET
    }

    private final EditedLine line = new EditedLine();
    private final History history = new History();
    private final Row row = new Row();
    private final Function<String, Completion> completer;
    private final StringBuilder aside = new StringBuilder();
    private Kind kind = Kind.COMMAND;
    private String prompt = "";
    private String text = "";

    /**
     * An editor with an empty history.
     *
     * @param completer completes a line that ends at the cursor
     */
    LineEditor(Function<String, Completion> completer) {
        this.completer = completer;
    }

    void begin(String newPrompt, Kind newKind) {
        prompt = newPrompt;
        kind = newKind;
        line.clear();
        row.reset();
        aside.setLength(0);
    }

    /** The line that ended last. */
    String text() {
        return text;
    }

    Outcome press(Key key) {
        return switch (key) {
            case Key.Typed typed -> {
                line.insert(typed.codePoint());
                yield Outcome.MORE;
            }
            case Key.Action action -> act(action);
        };
    }

    /** What to send to bring the screen up to date. */
    String show(int width) {
        var out = new StringBuilder();
        if (!aside.isEmpty()) {
            out.append(aside);
            aside.setLength(0);
            row.reset();
        }
        // A secret's row is its prompt alone.
        var seen = kind == Kind.SECRET ? new EditedLine() : line;
        return out.append(row.draw(prompt, seen, width)).toString();
    }

    private Outcome act(Key.Action action) {
        switch (action) {
            case ENTER -> {
                return enter();
            }
            case INTERRUPT -> {
                return Outcome.INTERRUPTED;
            }
            case DELETE_OR_END -> {
                if (line.length() == 0) return Outcome.END;
                line.delete();
            }
            case UP -> fromHistory(true);
            case DOWN -> fromHistory(false);
            case COMPLETE -> complete();
            case REDRAW -> aside.append("\r\n");
            default -> edit(action);
        }
        return Outcome.MORE;
    }

    private void edit(Key.Action action) {
        switch (action) {
            case LEFT -> line.move(line.cursor() - 1);
            case RIGHT -> line.move(line.cursor() + 1);
            case HOME -> line.move(0);
            case END -> line.move(line.length());
            case WORD_LEFT -> line.move(line.wordLeft());
            case WORD_RIGHT -> line.move(line.wordRight());
            case BACKSPACE -> line.removeFrom(line.cursor() - 1);
            case DELETE -> line.delete();
            case CUT_TO_END -> line.cutToEnd();
            case CUT_TO_START -> line.cutFrom(0);
            case CUT_WORD -> line.cutFrom(line.wordLeft());
            case PASTE -> line.paste();
            default -> throw new IllegalArgumentException("does not edit: " + action);
        }
    }

    private Outcome enter() {
        boolean fits = !line.tooLong();
        text = fits ? line.text() : "";
        line.clear();
        if (kind == Kind.COMMAND) history.add(text);
        if (kind == Kind.SECRET) line.forgetCut();
        return fits ? Outcome.LINE : Outcome.TOO_LONG;
    }

    private void fromHistory(boolean older) {
        if (kind != Kind.COMMAND) return;
        String now = line.text();
        line.set(older ? history.older(now) : history.newer(now));
    }

    private void complete() {
        if (kind != Kind.COMMAND) return;
        Completion found = completer.apply(line.text(0, line.cursor()));
        String more = found.common();
        line.insert(more);
        if (found.candidates().size() == 1) {
            line.insert(" ");
        } else if (more.isEmpty() && !found.candidates().isEmpty()) {
            list(found.candidates());
        }
    }

    private void list(List<String> candidates) {
        aside.append("\r\n").append(Plain.text(String.join("  ", candidates))).append("\r\n");
    }
}
