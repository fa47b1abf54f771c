package dev.sobre.imap;

import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import java.io.IOException;

/** Tells a client what happened in its selected mailbox, and lets its view move on. */
final class NewsTeller {

    private final Client client;
    private final MailboxView view;
    private boolean behind; // the client knows MODSEQs above that of an expunge it does not know

    NewsTeller(Client client, MailboxView view) {
        this.client = client;
        this.view = view;
    }

    /**
     * Tells what is new, all or nothing.
     *
     * @param flags whether changes of flags are wanted
     */
    void tell(Verb.News allowed, boolean flags, ImapWriter out) throws IOException {
        MailboxIndex now = view.now();
        if (view.knows(now)) return;
        MailboxIndex told = view.known();
        var state = told.state();
        if (now.state().highestModSeq() != state.highestModSeq() || now.size() != told.size()) {
            client.lookThrough(told);
            var news = MailboxNews.of(view.store(), view.id(), told, now);
            if (!news.gone().isEmpty() && allowed == Verb.News.NO_EXPUNGE) {
                stayBehind(out);
                return;
            }
            tell(news, flags, out);
        }
        view.moveOn(now);
        if (behind) view.writeHighestModSeq(out);
        behind = false;
    }

    /** RFC 7162 §3.2: were the connection lost now, the client must ask for the expunge again. */
    private void stayBehind(ImapWriter out) throws IOException {
        if (!client.has(Extension.QRESYNC)) return;
        behind = true;
        view.writeHighestModSeq(out);
    }

    private void tell(MailboxNews news, boolean flags, ImapWriter out) throws IOException {
        view.contexts().tellGone(news.gone(), out);
        writeGone(news.gone(), out);
        MailboxIndex now = news.now();
        if (news.hasArrivals()) {
            out.put("* ").number(now.size()).put(" EXISTS").endLine();
            view.claimRecent(now);
            view.writeRecent(now, out);
        }
        if (flags) writeChanged(news, out);
        view.contexts().tellChanges(news, out);
    }

    private void writeChanged(MailboxNews news, ImapWriter out) throws IOException {
        MailboxIndex now = news.now();
        for (var uids = news.changed().iterator(); uids.hasNext(); ) {
            long uid = uids.nextLong();
            int at = now.find(uid);
            if (at >= 0 && !now.flags(at).equals(view.believed(uid))) {
                view.writeFlags(at + 1, new Updated(uid, now.flags(at), now.modSeq(at)), out);
            }
        }
    }

    private void writeGone(UidSet gone, ImapWriter out) throws IOException {
        if (gone.isEmpty()) return;
        if (client.has(Extension.QRESYNC) || !view.hasNumbers()) {
            out.put("* VANISHED ").put(gone.toString()).endLine();
            return;
        }
        int before = 0;
        for (var uids = gone.iterator(); uids.hasNext(); before++) {
            out.put("* ").number(view.sequence(uids.nextLong()) - before).put(" EXPUNGE").endLine();
        }
    }
}
