package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;

/**
 * One row of the table of commands.
 *
 * @param state the state it needs
 * @param feature the capability it belongs to
 * @param news what the client may be told of others' doings at its end
 */
record Verb<S extends State>(
        String name, Class<S> state, Parser<S> parser, Feature feature, News news) {

    /** Reads the arguments of a command, from after its name to the end of its line. */
    @FunctionalInterface
    interface Parser<S extends State> {
        Command<S> parse(ImapReader in) throws BadMessage, IOException;
    }

    /** What may be told at the end of a command. */
    enum News {
        ALL,
        /** Sequence numbers must not change: RFC 3501 §7.4.1, no EXPUNGE here. */
        NO_EXPUNGE
    }

    Verb<S> quiet() {
        return new Verb<>(name, state, parser, feature, News.NO_EXPUNGE);
    }

    Reply run(State now, ImapReader in, ImapWriter out) throws IOException, BadMessage {
        if (!state.isInstance(now)) {
            return Reply.bad(name + ": " + need(now)).code("CLIENTBUG"); // RFC 5530 §3
        }
        return parser.parse(in).run(state.cast(now), out);
    }

    private String need(State now) {
        if (now instanceof State.NotAuthenticated) return "log in first";
        if (state == State.NotAuthenticated.class) return "you are logged in already";
        if (state == State.Authenticated.class) return "only before a mailbox is selected";
        return "SELECT a mailbox first";
    }
}
