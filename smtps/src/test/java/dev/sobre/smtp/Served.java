package dev.sobre.smtp;

import dev.sobre.line.ScriptClient;
import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.Authenticator.Verdict;
import dev.sobre.mail.Credentials;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A running server of one embedder, whose mails come out of a queue; or one over a store. */
public final class Served implements AutoCloseable {

    record Got(Envelope envelope, String text) {}

    public static final Identity IDENTITY = Identity.selfSigned("localhost");
    public static final TlsContext TLS = TlsContext.of(IDENTITY);

    /** The script of the envelope of a mail to Bob. */
    static final String ENVELOPE =
            """
            C: MAIL FROM:<ann@example.org>
            S: 250 ...
            C: RCPT TO:<bob@example.net>
            S: 250 ...
            """;

    /** The script of such a mail, up to its text. */
    static final String BEGIN = ENVELOPE + "C: DATA\nS: 354 ...\n";

    private static final Account ANN =
            Account.of(
                    new AccountId(1), List.of("ann@example.org", "Ann.Smith@example.org"), false);

    final BlockingQueue<Got> mails = new LinkedBlockingQueue<>();
    final SmtpsServer server;

    Served() {
        this(SmtpSettings.onLoopback(0));
    }

    Served(SmtpSettings settings) {
        server = SmtpsServer.start(settings, TLS, Served::annOnly, this::take);
    }

    Served(Receiver receiver) {
        server = SmtpsServer.start(SmtpSettings.onLoopback(0), TLS, Served::annOnly, receiver);
    }

    /** A server that delivers into a store, with the store's own accounts. */
    public static SmtpsServer over(MemoryStore store, SmtpSettings settings) {
        return SmtpsServer.start(settings, TLS, store.authenticator(), store);
    }

    /** A client that has said EHLO to any of these servers and logged in as Ann. */
    public static ScriptClient login(SmtpsServer server) throws IOException {
        return new ScriptClient(server.port(), IDENTITY.certificate())
                .play(
                        """
                        S: 220 localhost ESMTP ready
                        C: EHLO client.example
                        S*: 250
                        C: AUTH PLAIN AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=
                        S: 235 ...
                        """);
    }

    ScriptClient connect() throws IOException {
        var client = new ScriptClient(server.port(), IDENTITY.certificate());
        client.expect("220 localhost ESMTP ready");
        return client;
    }

    /** A client that has said EHLO, was told of just these extensions, and logged in. */
    ScriptClient login() throws IOException {
        ScriptClient client = connect();
        return client.play(
                """
                C: EHLO client.example
                S: 250-localhost greets 127.0.0.1
                S: 250-PIPELINING
                S: 250-ENHANCEDSTATUSCODES
                S: 250-8BITMIME
                S: 250-AUTH PLAIN LOGIN
                S: 250-SIZE ...
                S: 250-SMTPUTF8
                S: 250-LIMITS RCPTMAX=...
                S: 250-CHUNKING
                S: 250-BINARYMIME
                S: 250 HELP
                C: AUTH PLAIN AGFubkBleGFtcGxlLm9yZwBzZWNyZXQ=
                S: 235 2.7.0 ...
                """);
    }

    Got mail() throws InterruptedException {
        Got got = mails.poll(20, TimeUnit.SECONDS);
        if (got == null) throw new AssertionError("no mail came");
        return got;
    }

    @Override
    public void close() {
        server.close();
    }

    private void take(Envelope envelope, MessageBody body) throws IOException {
        mails.add(new Got(envelope, new String(body.bytes(), StandardCharsets.ISO_8859_1)));
    }

    private static Verdict annOnly(Credentials credentials, InetAddress peer) {
        if (credentials.user().equals("busy")) return new Verdict.Unavailable("busy");
        return credentials.equals(new Credentials.Password("ann@example.org", "secret"))
                ? new Verdict.Granted(ANN)
                : new Verdict.Denied();
    }
}
