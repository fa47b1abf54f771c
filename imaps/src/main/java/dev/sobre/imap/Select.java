package dev.sobre.imap;

import dev.sobre.imap.State.Authenticated;
import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Rights;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.util.Optional;

/**
 * SELECT and EXAMINE: opens a mailbox. RFC 3501 §6.3.1, §6.3.2; RFC 7162 §3.1.8 (CONDSTORE), §3.2.5
 * (QRESYNC).
 */
record Select(String mailbox, boolean readOnly, Parameters parameters)
        implements Command<LoggedIn> {

    /** What may follow the name (RFC 4466 §2.1). */
    record Parameters(boolean condstore, Optional<Resync> resync) {

        static final Parameters NONE = new Parameters(false, Optional.empty());

        static Parameters parse(ImapReader in) throws BadMessage {
            boolean condstore = false;
            Optional<Resync> resync = Optional.empty();
            in.expect('(');
            do {
                switch (in.keyword()) {
                    case "CONDSTORE" -> condstore = true;
                    case "QRESYNC" -> {
                        in.space();
                        resync = Optional.of(Resync.parse(in));
                    }
                    default -> throw new BadMessage("SELECT knows no such parameter");
                }
            } while (in.take(' '));
            in.expect(')');
            return new Parameters(condstore, resync);
        }
    }

    static Select select(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    static Select examine(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    private static Select parse(ImapReader in, boolean readOnly) throws BadMessage, IOException {
        in.space();
        String mailbox = in.mailbox();
        var parameters = in.take(' ') ? Parameters.parse(in) : Parameters.NONE;
        in.endOfLine();
        return new Select(mailbox, readOnly, parameters);
    }

    /** RFC 3501 §6.3.1: when it fails, what was selected before no longer is. */
    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException, BadMessage {
        Login login = state.login();
        requireEnabled(state.client());
        // RFC 7162 §3.2.11: what follows is of another mailbox.
        if (state instanceof Selected) out.put("* OK [CLOSED] the mailbox is left").endLine();
        try {
            return open(state, out);
        } catch (StoreException e) {
            return Reply.refused(e).then(new Authenticated(login));
        }
    }

    private Reply open(LoggedIn state, ImapWriter out) throws IOException {
        Login login = state.login();
        Optional<Mailbox> found = login.find(mailbox, 'r');
        if (found.isEmpty()) {
            return login.refusal(mailbox, "NONEXISTENT").then(new Authenticated(login));
        }
        Rights rights = readOnly ? Rights.NONE : login.rights(found.get().id());
        var view = MailboxView.open(state.client(), found.get(), rights);
        view.introduce(out);
        if (state.client().has(Extension.IMAP4REV2)) {
            // RFC 9051 §6.3.2: the name as it is in a LIST
            out.put("* LIST () \"/\" ").mailbox(found.get().name()).endLine();
        }
        if (parameters.resync.isPresent()) parameters.resync.get().catchUp(view, out);
        return Reply.ok(readOnly ? "EXAMINE completed" : "SELECT completed")
                .code(view.readOnly() ? "READ-ONLY" : "READ-WRITE")
                .then(new Selected(login, view));
    }

    private void requireEnabled(Client client) throws BadMessage {
        if (parameters.condstore) {
            client.require(Feature.CONDSTORE);
            client.enable(Extension.CONDSTORE);
        }
        if (parameters.resync.isPresent()) client.require(Feature.QRESYNC);
        if (client.has(Extension.UIDONLY)
                && parameters.resync.flatMap(Resync::sample).isPresent()) {
            throw Verbs.numbered();
        }
        if (parameters.resync.isPresent() && !client.has(Extension.QRESYNC)) {
            throw new BadMessage("ENABLE QRESYNC first");
        }
    }
}
