package dev.sobre.app.admin;

import dev.sobre.app.text.Failure;
import dev.sobre.line.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A progress bar for work that tells on its way how much there is of it, and can be stopped. */
final class LazyBar {

    private final Terminal terminal;
    private @Nullable ProgressBar bar;

    LazyBar(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Shows how far it is; ends the work when the user has had enough. */
    void show(long done, long total, String words) {
        var shown = bar == null ? new ProgressBar(terminal, total) : bar;
        bar = shown;
        try {
            if (terminal.interrupted()) throw new Failure("stopped");
            shown.show(done, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void clear() throws IOException {
        if (bar != null) bar.clear();
    }
}
