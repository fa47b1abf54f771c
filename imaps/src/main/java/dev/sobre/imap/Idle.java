package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.line.LineConnection;
import dev.sobre.line.Wait;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** IDLE: the client waits and hears of changes as they happen. RFC 2177. */
record Idle() implements Command<LoggedIn> {

    static Idle parse(ImapReader in) throws BadMessage {
        in.endOfLine();
        return new Idle();
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        Client client = state.client();
        LineConnection connection = client.connection();
        Consumer<MailboxId> hint = changed -> wakeFor(changed, state, connection);
        // Subscribed first, looked second: nothing can slip between.
        try (var _ = state.store().watch(watched(state), hint)) {
            client.invite("idling");
            waitForInput(state, out);
        }
        String line = new String(connection.readLine(), ISO_8859_1);
        return line.equalsIgnoreCase("DONE")
                ? Reply.ok("IDLE completed")
                : Reply.bad("IDLE ends with DONE");
    }

    /** The owner of what is selected, who may be another user. */
    private static AccountId watched(LoggedIn state) {
        return state instanceof Selected s ? s.view().id().account() : state.login().account().id();
    }

    private static void wakeFor(MailboxId changed, LoggedIn state, LineConnection connection) {
        if (state instanceof Selected s && s.view().id().equals(changed)) connection.wake();
    }

    private static void waitForInput(LoggedIn state, ImapWriter out) throws IOException {
        var silence = new Silence(state.client());
        do {
            // RFC 5465 §4: IDLE tells what NOTIFY asked for.
            Optional<Notices> notices = state.client().notices();
            if (notices.isPresent()) notices.get().tell(state, out, Verb.News.ALL);
            else if (state instanceof Selected s) s.view().tellNews(out, Verb.News.ALL);
        } while (silence.await(out) != Wait.INPUT);
    }
}
