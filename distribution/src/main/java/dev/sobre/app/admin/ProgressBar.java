package dev.sobre.app.admin;

import dev.sobre.line.Terminal;
import java.io.IOException;

/** A line on a terminal that shows how much of something is done. */
final class ProgressBar {

    private static final long STEP_NANOS = 100_000_000;
    private static final int WIDTH = 30;

    private final Terminal terminal;
    private final long total;
    private long shownAt = System.nanoTime();

    /** A bar for {@code total} octets; without a bar, but with its words, where that is -1. */
    ProgressBar(Terminal terminal, long total) {
        this.terminal = terminal;
        this.total = total;
    }

    /** Shows how far it is, at most ten times a second. */
    void show(long done, String words) throws IOException {
        long now = System.nanoTime();
        if (now - shownAt < STEP_NANOS) return;
        shownAt = now;
        terminal.status(bar(done) + words);
    }

    void clear() throws IOException {
        terminal.status("");
    }

    private String bar(long done) {
        if (total <= 0) return "";
        int filled = (int) Math.min(WIDTH, done * WIDTH / total);
        long percent = Math.min(100, done * 100 / total);
        return String.format(
                "[%s%s] %3d%% ", "#".repeat(filled), " ".repeat(WIDTH - filled), percent);
    }
}
