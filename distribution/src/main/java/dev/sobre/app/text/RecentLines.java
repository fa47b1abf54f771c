package dev.sobre.app.text;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What sessions logged last, held in memory so that it is found also where the log is no file. */
public final class RecentLines extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static final String NAME = "recent";
    private static final int MOST = 10_000;
    private static final int LONGEST = 1000;

    /** The names of the threads that sessions run on, by which an administrator calls them. */
    private static final Pattern SESSION = Pattern.compile("(imaps|pop3s|smtps|telnets)-\\d+");

    private final PatternLayout layout;
    private final Deque<Line> lines = new ArrayDeque<>();

    private record Line(String session, String text) {}

    private RecentLines(PatternLayout layout) {
        this.layout = layout;
    }

    /** From now on the lines of sessions are held too. */
    public static void hold(LoggerContext context, String pattern) {
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(pattern);
        layout.start();
        var recent = new RecentLines(layout);
        recent.setName(NAME);
        recent.setContext(context);
        recent.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(recent);
    }

    /** What a session logged, the oldest first, as far as it is remembered. */
    public static List<String> of(String session) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var held = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(NAME);
        return held instanceof RecentLines recent ? recent.with(session) : List.of();
    }

    private List<String> with(String session) {
        synchronized (lines) {
            return lines.stream()
                    .filter(line -> line.session.equals(session))
                    .map(Line::text)
                    .toList();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        String thread = event.getThreadName();
        if (!SESSION.matcher(thread).matches()) return;
        String text = layout.doLayout(event).stripTrailing();
        if (text.length() > LONGEST) text = text.substring(0, LONGEST) + "…";
        synchronized (lines) {
            if (lines.size() == MOST) lines.removeFirst();
            lines.addLast(new Line(thread, text));
        }
    }
}
