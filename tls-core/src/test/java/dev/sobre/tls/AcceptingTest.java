package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A listening socket that can accept no more. */
class AcceptingTest {

    @Test
    void pausesAndSaysSoOnce() {
        var log = (Logger) LoggerFactory.getLogger(Accepting.class);
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        log.addAppender(said);
        var listening = new EmbeddedChannel(new Accepting("imaps"));
        listening.freezeTime();
        try {
            for (int i = 0; i < 5; i++) {
                listening
                        .pipeline()
                        .fireExceptionCaught(new IOException("accept(..): Too many open files"));
                assertFalse(listening.config().isAutoRead(), "no busy loop");
                listening.advanceTimeBy(1, TimeUnit.SECONDS);
                listening.runScheduledPendingTasks();
                assertTrue(listening.config().isAutoRead(), "it tries again");
            }
            assertEquals(1, said.list.size());
            String words = said.list.getFirst().getFormattedMessage();
            assertTrue(words.contains("LimitNOFILE"), words);
            listening.writeInbound("a connection");
            assertEquals(
                    "imaps: accepts connections again", said.list.getLast().getFormattedMessage());
        } finally {
            log.detachAppender(said);
            listening.finishAndReleaseAll();
        }
    }
}
