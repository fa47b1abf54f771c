package dev.sobre.app.text;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes log lines on a thread of its own, so that whoever logs never waits: it may be an event
 * loop, and whoever reads the log may be slow. What is more than it can hold is left out; the log
 * says how much.
 */
public final class LogWriter extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static final int MOST = 10_000;
    private static final Duration PAUSE = Duration.ofMillis(50); // its lines are written together
    private static final Duration LAST = Duration.ofSeconds(2);

    private final OutputStreamAppender<ILoggingEvent> to;
    private final BlockingQueue<ILoggingEvent> lines = new ArrayBlockingQueue<>(MOST);
    private final LongAdder lost = new LongAdder();
    private final Thread thread = Thread.ofPlatform().daemon().name("log").unstarted(this::run);

    /**
     * @param to is not started, and nobody else's
     */
    public LogWriter(OutputStreamAppender<ILoggingEvent> to) {
        this.to = to;
    }

    @Override
    public void start() {
        to.setImmediateFlush(false);
        to.start();
        super.start();
        thread.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        if (!lines.offer(event)) lost.increment();
    }

    private void run() {
        try {
            while (true) {
                write(lines.take());
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            var last = lines.poll();
            if (last != null) write(last);
        }
    }

    private void write(ILoggingEvent first) {
        if (!to.isStarted()) to.start(); // it gives up where it could not write
        List<ILoggingEvent> all = new ArrayList<>(List.of(first));
        lines.drainTo(all);
        all.forEach(to::doAppend);
        long missing = lost.sumThenReset();
        if (missing > 0) to.doAppend(notice(missing));
        try {
            to.getOutputStream().flush();
        } catch (IOException e) {
            addError("the log can't be written", e);
        }
    }

    private ILoggingEvent notice(long missing) {
        var logger = ((LoggerContext) getContext()).getLogger(LogWriter.class);
        String text = missing + " lines are missing here: the log was not taken fast enough";
        return new LoggingEvent(LogWriter.class.getName(), logger, Level.WARN, text, null, null);
    }

    /** Writes what is there, if that does not take too long. */
    @Override
    public void stop() {
        if (!isStarted()) return;
        super.stop();
        thread.interrupt();
        try {
            if (thread.join(LAST)) to.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
