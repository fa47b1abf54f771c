package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.State.LoggedOut;
import dev.sobre.imap.State.NotAuthenticated;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.line.Farewell;
import dev.sobre.line.LineSession;
import dev.sobre.line.LineTooLong;
import dev.sobre.line.SessionEnded;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The conversation with one client: a command after the other, and the state they lead to. */
final class ImapSession implements LineSession {

    private static final Logger LOG = LoggerFactory.getLogger(ImapSession.class);

    private final Client client;
    private final ImapWriter out;
    private int mistakes; // commands in a row that were BAD, before login

    ImapSession(Client client) {
        this.client = client;
        this.out = client.out();
    }

    @Override
    public void run() throws IOException {
        String name = client.service().settings().name();
        out.put("* OK [").put(Feature.announcement(client)).put("] ").text(name).put(" ready");
        out.endLine();
        out.handOn();
        State state = new NotAuthenticated(client);
        try {
            while (!(state instanceof LoggedOut)) state = next(state);
        } finally {
            client.notices(Optional.empty());
        }
    }

    private State next(State state) throws IOException {
        if (state instanceof LoggedIn listener && client.notices().isPresent()) {
            client.notices().get().listen(listener, out);
        }
        ImapReader in;
        try {
            in = client.nextCommand();
        } catch (LineTooLong e) {
            // Its end may have announced a literal: what follows can't be told from commands.
            out.put("* BAD the line is too long").endLine();
            out.handOn();
            throw e;
        }
        // iPhones put an empty line before a command; a BAD without a tag would be nobody's.
        if (in.atEnd() && client.isLoggedIn()) return state;
        String tag = "*";
        Reply reply;
        try {
            tag = in.tag();
            in.space();
            reply = answer(Verbs.read(in, client), state, in);
        } catch (BadMessage e) {
            reply = Reply.refused(e);
        }
        if (reply.status() != Reply.Status.OK) reply = reply.signed(client.connection());
        reply.write(tag, out);
        out.handOn();
        client.answered();
        judge(reply);
        passOver(in);
        return reply.next().orElse(state);
    }

    private Reply answer(Verb<?> verb, State state, ImapReader in) throws IOException, BadMessage {
        Reply reply;
        try {
            reply = verb.run(state, in, out);
            if (reply.next().orElse(state) instanceof Selected selected) {
                tellNews(selected, verb.news());
            }
        } catch (StoreException e) {
            if (!out.undoLine()) throw e;
            LOG.debug("{} refused: {}", verb.name(), e.toString());
            reply = Reply.refused(e);
        } catch (RuntimeException e) {
            if (!out.undoLine()) throw e;
            LOG.error("{} failed", verb.name(), e);
            reply = Reply.no("SERVERBUG", "something went wrong here");
        }
        return reply;
    }

    private void tellNews(Selected state, Verb.News allowed) throws IOException {
        Optional<Notices> notices = client.notices();
        if (notices.isPresent()) notices.get().tellSelected(state, out, allowed);
        else state.view().tellNews(out, allowed);
    }

    /**
     * Ends the connection of a client that has not logged in and does not speak as a mail client.
     */
    private void judge(Reply reply) throws SessionEnded {
        if (client.isLoggedIn()) return;
        mistakes = reply.status() == Reply.Status.BAD ? mistakes + 1 : 0;
        if (reply.code().equals("TOOBIG")) throw new SessionEnded(Farewell.TOO_MUCH_INPUT);
        if (mistakes >= ImapSettings.PRE_LOGIN_MISTAKES) {
            throw new SessionEnded(Farewell.TOO_MANY_MISTAKES);
        }
    }

    private static void passOver(ImapReader in) throws IOException {
        try {
            in.drop();
        } catch (BadMessage e) {
            throw new SessionEnded(Farewell.TOO_MUCH_INPUT);
        }
    }
}
