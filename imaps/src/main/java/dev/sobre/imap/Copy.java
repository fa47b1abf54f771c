package dev.sobre.imap;

import dev.sobre.imap.State.Selected;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.CopyResult;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Rights;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.Optional;

/** COPY and UID COPY: messages into another mailbox. RFC 3501 §6.4.7; RFC 4315 (COPYUID). */
record Copy(SequenceSet set, boolean uids, String mailbox) implements Command<Selected> {

    static Copy parse(ImapReader in) throws BadMessage, IOException {
        return parse(in, false);
    }

    static Copy parseUid(ImapReader in) throws BadMessage, IOException {
        return parse(in, true);
    }

    private static Copy parse(ImapReader in, boolean uids) throws BadMessage, IOException {
        in.space();
        var set = in.sequenceSet();
        in.space();
        String mailbox = in.mailbox();
        in.endOfLine();
        return new Copy(set, uids, mailbox);
    }

    @Override
    public Reply run(Selected state, ImapWriter out) throws BadMessage {
        UidSet meant = state.view().resolve(set, uids);
        Optional<Mailbox> to = state.login().find(mailbox, 'i');
        if (to.isEmpty()) return state.login().refusal(mailbox, "TRYCREATE");
        if (meant.isEmpty()) return Reply.ok("nothing to copy");
        // RFC 9738 §3.1: all or nothing, with the UID down to which it would go.
        var share = MessageLimit.of(state.client()).of(meant);
        if (share.isCut()) return Reply.no(share.code(), "copy fewer messages at a time");
        CopyResult copied =
                state.store().copy(state.view().id(), meant, to.get().id(), /* move= */ false);
        dropForbidden(state, copied, to.get().id());
        if (!uids && copied.from().size() < meant.count()) {
            return Reply.no("EXPUNGEISSUED", "some of the messages are gone, the others copied");
        }
        return Reply.ok("COPY completed").code(code(state.client(), copied));
    }

    /** RFC 4314 §4: a copy keeps the flags that one may set where it is now. */
    static void dropForbidden(Selected state, CopyResult copied, MailboxId to) {
        Rights forbidden = Rights.ALL.minus(state.login().rights(to));
        if (!forbidden.hasAny("swt") || copied.to().isEmpty()) return;
        var none = new FlagChange(FlagChange.Kind.REPLACE, Flags.NONE, forbidden);
        state.store().store(to, UidSet.of(copied.to()), none, Long.MAX_VALUE);
    }

    /** {@code COPYUID 38505 304,319:320 3956:3958}; empty when nothing was copied. */
    static String code(Client client, CopyResult copied) {
        if (copied.from().isEmpty() || !client.offers(Feature.UIDPLUS)) return "";
        var from = UidSet.of(copied.from());
        var to = UidSet.of(copied.to());
        return "COPYUID " + copied.uidValidity() + " " + from + " " + to;
    }
}
