package dev.sobre.smtp;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.AccountChange;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Quota;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much of an account may wait for its time. RFC 4865 §6. */
class PostponedTest {

    private static final String REFUSED =
            "C: MAIL FROM:<ann@example.org> HOLDFOR=1\nS: 552 5.7.16 ...";

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");

    @AfterEach
    void stop() {
        store.close();
    }

    /** What waits counts, also after a restart, until its time has come. */
    @Test
    void notMoreWaitsThanOneMayKeep() throws Exception {
        mayKeep(new Quota(0, 3));
        try (var server = serve(store);
                var client = Served.login(server)) {
            submit(client, "HOLDFOR=3600", "bob@far.example", "eve@far.example");
            submit(client, "HOLDUNTIL=2020-01-01T00:00:00Z", "bob@far.example");
            submit(client, "HOLDFOR=3600", "bob@far.example");
            submit(client, "HOLDFOR=3600", "bob@far.example");
            client.play(REFUSED + "\nC: MAIL FROM:<ann@example.org>\nS: 250 ...");
        }
        try (var again = serve(store);
                var client = Served.login(again)) {
            client.play(REFUSED);
            mayKeep(new Quota(4000, 0));
            client.play("C: MAIL FROM:<ann@example.org> HOLDFOR=1 SIZE=4000\nS: 552 5.7.16 ...");
            begin(client, "HOLDFOR=60", "bob@far.example");
            client.send("\r\n" + "x\r\n".repeat(1300) + ".\r\n");
            client.play("S: 552 5.7.16 ...");
        }
    }

    /** Of two that come at once one is taken where there is room for one. */
    @Test
    void whatIsBeingTakenCountsToo() throws Exception {
        mayKeep(new Quota(0, 1));
        var accepting = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var server = serve(firstIsSlow(accepting, goOn));
                var first = Served.login(server);
                var second = Served.login(server)) {
            begin(first, "HOLDFOR=60", "bob@far.example");
            begin(second, "HOLDFOR=60", "bob@far.example");
            first.send("\r\n.\r\n");
            accepting.await();
            second.play("C: .\nS: 552 5.7.16 ...");
            goOn.countDown();
            first.play("S: 250 ...");
        }
    }

    /** What could not be taken waits not, and takes no room. */
    @Test
    void whatWasRefusedCountsNot() throws Exception {
        mayKeep(new Quota(0, 2));
        try (var server = serve(store);
                var client = Served.login(server)) {
            String same = "C: Message-ID: <1@x>\nC:\nC: .\nS: 250 ...";
            for (int i = 0; i < 3; i++) {
                begin(client, "HOLDFOR=60", "bob@far.example");
                client.play(same);
            }
            submit(client, "HOLDFOR=60", "bob@far.example");
            client.play(REFUSED);
        }
    }

    /** The store, whose first mail takes as long as the test wants. */
    private MailStore firstIsSlow(CountDownLatch accepting, CountDownLatch goOn) {
        InvocationHandler handler =
                (_, method, arguments) -> {
                    if (method.getName().equals("accept") && accepting.getCount() > 0) {
                        accepting.countDown();
                        goOn.await();
                    }
                    return method.invoke(store, arguments);
                };
        Class<?>[] types = {MailStore.class};
        return (MailStore) Proxy.newProxyInstance(getClass().getClassLoader(), types, handler);
    }

    private SmtpsServer serve(MailStore over) {
        var plain = SmtpSettings.onLoopback(0).withOnward(Onward.standard());
        var settings = plain.withHandling(plain.handling().withLongestHold(Duration.ofDays(30)));
        return SmtpsServer.start(settings, Served.TLS, store.authenticator(), over);
    }

    private void mayKeep(Quota quota) {
        var change = new AccountChange.Limit(quota);
        store.accounts().change(store.account("ann@example.org").id(), List.of(change));
    }

    private static void begin(ScriptClient client, String parameters, String... recipients)
            throws IOException {
        client.play("C: MAIL FROM:<ann@example.org> " + parameters + "\nS: 250 ...");
        for (String to : recipients) client.play("C: RCPT TO:<" + to + ">\nS: 250 ...");
        client.play("C: DATA\nS: 354 ...");
    }

    private static void submit(ScriptClient client, String parameters, String... recipients)
            throws IOException {
        begin(client, parameters, recipients);
        client.play("C: Subject: x\nC:\nC: text\nC: .\nS: 250 ...");
    }
}
