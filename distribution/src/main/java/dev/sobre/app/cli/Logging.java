package dev.sobre.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.sobre.app.text.LogWriter;
import dev.sobre.app.text.RecentLines;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * What is logged, and where. It takes the place of logback's own search for a configuration, whose
 * XML reader would be a large part of a short command's time.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{0} %msg%n%ex{full}";

    /** To who sits at a terminal a stack trace says nothing. */
    private static final String COMMANDS = "sobre: %msg%n%nopex";

    private static final Set<OpenOption> APPENDED =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    private static final FileAttribute<?> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private static volatile Optional<LogWriter> writer = Optional.empty();

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        to(context, console(), COMMANDS, Level.WARN, false);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** A command's log: only what a user must know, or with {@code --debug} everything. */
    static void forCommands(boolean debug) {
        if (debug) to(context(), console(), PATTERN, Level.DEBUG, false);
    }

    static void toConsole(String level) {
        to(context(), new StandardError(), PATTERN, Level.toLevel(level, Level.INFO), true);
        RecentLines.hold(context(), PATTERN);
    }

    /**
     * Logs to a file, which is made when absent, for its owner and group: who wrote to whom is
     * nobody else's business.
     *
     * @throws IOException when it can't be written; logback by itself would go on without a log
     */
    static void toFile(Path file, String level) throws IOException {
        Files.newByteChannel(file, APPENDED, OURS).close();
        var appender = new FileAppender<ILoggingEvent>();
        appender.setFile(file.toString());
        to(context(), appender, PATTERN, Level.toLevel(level, Level.INFO), true);
    }

    /** Writes what was logged; for when the process ends. */
    static void finish() {
        writer.ifPresent(LogWriter::stop);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static OutputStreamAppender<ILoggingEvent> console() {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setTarget("System.err");
        return appender;
    }

    /**
     * What is behind {@code System.err}, which has a lock of its own: a session that waited for
     * that one, holding the appender's, could hold up the very event loop that carries it.
     */
    private static final class StandardError extends OutputStreamAppender<ILoggingEvent> {
        @Override
        public void start() {
            setOutputStream(
                    new BufferedOutputStream(
                            new FileOutputStream(FileDescriptor.err) {
                                @Override
                                public void close() {} // it is not ours
                            }));
            super.start();
        }
    }

    private static void to(
            LoggerContext context,
            OutputStreamAppender<ILoggingEvent> appender,
            String pattern,
            Level level,
            boolean aside) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        writer = aside ? Optional.of(new LogWriter(appender)) : Optional.empty();
        var used = writer.<Appender<ILoggingEvent>>map(w -> w).orElse(appender);
        used.setContext(context);
        used.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(used);
        root.setLevel(level);
        // These tell at debug level more than anybody can read.
        context.getLogger("io.netty").setLevel(Level.WARN);
    }
}
