package dev.sobre.app.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Who logs goes on, whatever becomes of the log. */
@Timeout(60)
class LogWriterTest {

    private static final int MANY = 30_000;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Semaphore taken = new Semaphore(0);

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** Where it goes: to somebody who does not read before they are let. */
    private final OutputStream slow =
            new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    write(new byte[] {(byte) octet}, 0, 1);
                }

                @Override
                public void write(byte[] octets, int from, int length) throws IOException {
                    if (broken) throw new IOException("nobody reads");
                    taken.acquireUninterruptibly();
                    taken.release();
                    log.write(octets, from, length);
                }
            };

    private final OutputStreamAppender<ILoggingEvent> appender = appender();
    private final LogWriter writer = new LogWriter(appender);
    private volatile boolean broken;

    @Test
    void nobodyWaitsForWhoReadsTheLogAndWhatLacksIsCounted() {
        writer.setContext(context);
        writer.start();
        for (int i = 0; i < MANY; i++) say("line " + i);
        taken.release();
        writer.stop();
        List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals("line 0", lines.getFirst());
        String lacks = lines.stream().filter(l -> l.contains(" are missing")).findFirst().get();
        int lost = Integer.parseInt(lacks.substring(0, lacks.indexOf(' ')));
        assertTrue(lost > 0);
        assertEquals(MANY, lines.size() - 1 + lost);
    }

    @Test
    void allIsWrittenInTheEnd() {
        taken.release();
        writer.start();
        for (int i = 0; i < 1000; i++) say("line " + i);
        writer.stop();
        assertEquals(1000, log.toString(StandardCharsets.UTF_8).lines().count());
    }

    /** Whoever reads it may go, and somebody else come. */
    @Test
    void itGoesOnWhenItCanBeWrittenAgain() {
        taken.release();
        broken = true;
        writer.start();
        say("lost");
        while (appender.isStarted()) Thread.onSpinWait();
        broken = false;
        say("kept");
        writer.stop();
        assertEquals("kept", log.toString(StandardCharsets.UTF_8).strip());
    }

    private void say(String text) {
        var logger = context.getLogger("log");
        writer.doAppend(new LoggingEvent("log", logger, Level.INFO, text, null, null));
    }

    private OutputStreamAppender<ILoggingEvent> appender() {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg%n");
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(slow);
        return appender;
    }
}
