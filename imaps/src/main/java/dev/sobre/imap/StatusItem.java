package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.Flag;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.UidSet;

/** What STATUS can tell of a mailbox. */
enum StatusItem {
    MESSAGES,
    RECENT,
    UIDNEXT,
    UIDVALIDITY,
    UNSEEN,
    /** RFC 8438. */
    SIZE(Feature.STATUS_SIZE),
    /** RFC 9051 §6.3.11, RFC 9208 §4.1.4. */
    DELETED(Feature.IMAP4REV2),
    /** RFC 9208 §4.1.4. */
    DELETED_STORAGE(Feature.QUOTA_STORAGE),
    /** RFC 8474 §4.3. */
    MAILBOXID(Feature.OBJECTID),
    /** RFC 7889 §5. */
    APPENDLIMIT(Feature.APPENDLIMIT),
    /** RFC 7162 §3.1.7. */
    HIGHESTMODSEQ(Feature.CONDSTORE);

    private final String word = name().replace('_', '-');
    private final Feature feature;

    StatusItem() {
        this(Feature.IMAP4REV1);
    }

    StatusItem(Feature feature) {
        this.feature = feature;
    }

    static StatusItem parse(ImapReader in) throws BadMessage {
        String name = in.keyword();
        for (StatusItem item : values()) if (item.word.equals(name)) return item;
        throw unknown();
    }

    static BadMessage unknown() {
        return new BadMessage("STATUS knows no such item");
    }

    String word() {
        return word;
    }

    boolean isOffered(Client client) {
        if (this == DELETED && client.offers(Feature.QUOTA_MESSAGE)) return true;
        return client.offers(feature);
    }

    /** One look at a mailbox, whose items belong together. */
    record Look(Client client, MailboxId id, MailboxState state) {
        Look(Client client, MailboxId id) {
            this(client, id, client.service().store().state(id));
        }

        MailStore store() {
            return client.service().store();
        }
    }

    void write(Look look, ImapWriter out) {
        MailboxState state = look.state;
        switch (this) {
            case MESSAGES -> out.number(state.messages());
            case RECENT -> out.number(recent(look));
            case UIDNEXT -> out.number(state.uidNext());
            case UIDVALIDITY -> out.number(state.uidValidity());
            case UNSEEN -> out.number(state.unseen());
            case SIZE -> out.number(state.octets());
            case DELETED -> out.number(deleted(look, false));
            case DELETED_STORAGE -> out.number(deleted(look, true));
            case HIGHESTMODSEQ -> out.number(state.highestModSeq());
            case MAILBOXID -> out.objectId(look.id.text());
            case APPENDLIMIT -> out.number(look.client.service().settings().sizes().message());
        }
    }

    /** RFC 3501 §6.3.10: asking must not take \Recent from the session that selects next. */
    private static long recent(Look look) {
        long first = look.store().claimRecent(look.id, 0);
        if (first >= look.state.uidNext()) return 0;
        return look.store().index(look.id).count(UidSet.range(first, UidSet.HIGHEST));
    }

    /** How many messages an EXPUNGE would remove, or how many octets. */
    private static long deleted(Look look, boolean octets) {
        MailboxIndex index = look.store().index(look.id);
        look.client.lookThrough(index);
        long sum = 0;
        for (int i = 0; i < index.size(); i++) {
            if (index.flags(i).has(Flag.DELETED)) sum += octets ? index.octets(i) : 1;
        }
        return sum;
    }
}
