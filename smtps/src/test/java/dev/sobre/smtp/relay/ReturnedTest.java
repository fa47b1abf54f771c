package dev.sobre.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Recipients;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Terms;
import dev.sobre.mail.Terms.Notify;
import dev.sobre.mail.Terms.Returned;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a mail comes back with the report that it failed. RFC 3461 §4.3. */
class ReturnedTest extends Sending {

    @ParameterizedTest
    @CsvSource({
        "FULL, message/rfc822, true",
        "HEADERS, text/rfc822-headers, false",
        "UNSAID, text/rfc822-headers, false"
    })
    void whatWasAskedForComesBack(Returned asked, String type, boolean text) throws Exception {
        fail(Set.of(Notify.FAILURE), asked);
        String report = inbox().getFirst();
        assertTrue(report.contains("\r\nContent-Type: " + type + "\r\n"), report);
        assertTrue(report.contains("\r\nSubject: hello\r\n"), report);
        assertEquals(text, report.contains("the text"), report);
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, 0", "DELAY, 0", "NEVER, 0", "FAILURE, 1"})
    void whoDidNotAskIsNotTold(Notify asked, int reports) throws Exception {
        fail(Set.of(asked), Returned.UNSAID);
        assertEquals(reports, inbox().size());
    }

    /** What the store has lost can't be sent, but its sender hears of it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoseMailIsDamagedIsTold(boolean missing) throws Exception {
        var recipients = new Recipients(store.accounts(), Set.of(), "+");
        var settings = settings(new NoWayOut());
        try (var relay = Relay.start(settings, damaged(missing), recipients)) {
            var soonOver = Terms.of(Instant.now(), Duration.ofMillis(1), Duration.ofDays(1));
            submit(soonOver.withWishes(Set.of(), Returned.FULL, "", ""), "bob@far.example");
            gone();
        }
        String report = inbox().getFirst();
        assertTrue(report.contains("\r\nAction: failed\r\n"), report);
        assertTrue(report.contains("\r\nContent-Type: text/rfc822-headers\r\n"), report);
    }

    /** The store, with bodies that can't be read, or are not there. */
    private MailStore damaged(boolean missing) {
        BlobReader unreadable =
                new BlobReader() {
                    @Override
                    public long length() {
                        return TEXT.length();
                    }

                    @Override
                    public int read(long offset, ByteBuffer into) throws IOException {
                        throw new IOException("a stored message is damaged");
                    }

                    @Override
                    public void close() {}
                };
        InvocationHandler handler =
                (_, method, arguments) -> {
                    if (!method.getName().equals("open")) return method.invoke(store, arguments);
                    if (missing) throw new StoreException(Reason.DAMAGED, "it is missing");
                    return unreadable;
                };
        Class<?>[] types = {MailStore.class};
        return (MailStore) Proxy.newProxyInstance(getClass().getClassLoader(), types, handler);
    }

    /** A mail goes to somebody who is not there. */
    private void fail(Set<Notify> tellOf, Returned back) throws Exception {
        UnaryOperator<String> says =
                c -> c.startsWith("RCPT") ? "550 5.1.1 nobody" : FarServer.friendly().apply(c);
        try (var far = new FarServer(says);
                var relay = start(direct(far))) {
            submit(terms().withWishes(tellOf, back, "", ""), "bob@far.example");
            gone();
        }
    }
}
