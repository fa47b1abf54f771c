package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Rights;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The selected mailbox as this client knows it: the index it was told of, whose positions are its
 * sequence numbers, and the flags it was told of since. It moves on only when the client is told
 * (RFC 3501 §5.2, §7.4.1), and not by parts: while an EXPUNGE must wait, all news wait.
 *
 * <p>\Recent (RFC 3501 §2.3.2) is on those messages that this session claimed before any other;
 * EXAMINE shows what nobody has claimed and claims nothing.
 */
final class MailboxView implements Numbers {

    private final Client client;
    private final Mailbox mailbox;
    private final boolean readOnly;
    private final KeywordsTold keywords;
    private final SearchContexts contexts;
    private final NewsTeller news;
    private MailboxIndex told;
    private UidSet recent = UidSet.NONE;
    private UidSet saved = UidSet.NONE;
    private final Map<Long, Flags> toldSince = new HashMap<>();

    private MailboxView(Client client, Mailbox mailbox, Rights rights) {
        this.client = client;
        this.mailbox = mailbox;
        this.readOnly = !rights.hasAny("ieswt"); // RFC 4314 §5.2
        this.keywords = new KeywordsTold(rights);
        this.contexts = new SearchContexts(client, this);
        this.news = new NewsTeller(client, this);
        this.told = store().index(mailbox.id());
        claimRecent(told);
    }

    /** Opens a mailbox; without a right to change something it is only looked at. */
    static MailboxView open(Client client, Mailbox mailbox, Rights rights) {
        return new MailboxView(client, mailbox, rights);
    }

    MailStore store() {
        return client.service().store();
    }

    MailboxId id() {
        return mailbox.id();
    }

    /** The name it had when it was selected. */
    String name() {
        return mailbox.name();
    }

    /** Opened with EXAMINE. */
    boolean readOnly() {
        return readOnly;
    }

    /** How many messages the client knows. */
    int size() {
        return told.size();
    }

    long uid(int position) {
        return told.uid(position);
    }

    /** The highest UID that the client knows; 0 when there is none. */
    long lastUid() {
        return size() == 0 ? 0 : uid(size() - 1);
    }

    /** The sequence number of a message that the client knows; 0 when it does not. */
    int sequence(long uid) {
        return Math.max(0, told.find(uid) + 1);
    }

    /** The sequence numbers of messages that the client knows, as a set. */
    UidSet sequences(UidSet uids) {
        var numbers = new UidSet.Builder();
        for (var at = told.positions(uids); at.hasNext(); ) numbers.add(at.nextInt() + 1);
        return numbers.build();
    }

    /** The mailbox as it is now; without messages when it was deleted. */
    MailboxIndex now() {
        try {
            return store().index(mailbox.id());
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.MISSING) throw e;
            return MailboxIndex.of(told.state(), List.of());
        }
    }

    /**
     * The UIDs of the messages that a client means, of those it knows.
     *
     * @throws BadMessage RFC 3501 §9, seq-number: a sequence number beyond the last is BAD
     */
    UidSet resolve(SequenceSet set, boolean uids) throws BadMessage {
        if (set.isSaved()) client.require(Feature.SEARCHRES);
        if (uids) return uids(set);
        if (set.isSaved()) return told.existing(saved);
        if (set.exceeds(size())) throw new BadMessage("there is no message of that number");
        return numbered(set);
    }

    /** The messages that have these sequence numbers; there need not be any. */
    private UidSet numbered(SequenceSet set) {
        var meant = new UidSet.Builder();
        UidSet numbers = set.resolve(size());
        client.goThrough(numbers.count());
        for (var range : numbers.ranges()) {
            long last = Math.min(range.last(), size());
            for (long i = range.first() - 1; i < last; i++) meant.add(uid((int) i));
        }
        return meant.build();
    }

    /** RFC 7377 §2: in a search it is no error to ask for messages beyond the last. */
    @Override
    public UidSet sequence(SequenceSet set) {
        return set.isSaved() ? told.existing(saved) : numbered(set);
    }

    @Override
    public UidSet uids(SequenceSet set) {
        if (set.isSaved()) return told.existing(saved);
        UidSet meant = set.resolve(lastUid());
        client.goThrough(Math.min(meant.count(), size()));
        return told.existing(meant);
    }

    /** Remembers what {@code $} means from now on. RFC 5182. */
    void save(UidSet messages) {
        saved = messages;
    }

    /** The searches whose results the client hears changes of. RFC 5267. */
    SearchContexts contexts() {
        return contexts;
    }

    /** The mailbox as the client was told of it last; its positions are sequence numbers less 1. */
    MailboxIndex known() {
        return told;
    }

    /** The messages that the client knows, of those there are now. */
    UidSet told(MailboxIndex now) {
        return now == told ? UidSet.ALL : told.existing(UidSet.ALL);
    }

    @Override
    public UidSet recent() {
        return recent;
    }

    boolean isRecent(long uid) {
        return recent.contains(uid);
    }

    /** Takes what nobody has claimed. */
    void claimRecent(MailboxIndex index) {
        long next = index.state().uidNext();
        long first = store().claimRecent(id(), readOnly ? 0 : next);
        if (first < next) recent = recent.plus(UidSet.range(first, next - 1));
    }

    /** RFC 9051, appendix E: IMAP4rev2 knows no \Recent, and no first unseen message. */
    private boolean showsRecent() {
        return !client.has(Extension.IMAP4REV2);
    }

    /** Whether the client knows messages by their numbers too. RFC 9586. */
    boolean hasNumbers() {
        return !client.has(Extension.UIDONLY);
    }

    void writeRecent(MailboxIndex index, ImapWriter out) throws IOException {
        if (!showsRecent()) return;
        out.put("* ").number(index.count(recent)).put(" RECENT").endLine();
    }

    /** The answers to SELECT (RFC 3501 §6.3.1). */
    void introduce(ImapWriter out) throws IOException {
        client.lookThrough(told);
        keywords.introduce(told.keywords(), out);
        int unseen = hasNumbers() ? firstUnseen() : 0;
        out.put("* ").number(told.size()).put(" EXISTS").endLine();
        writeRecent(told, out);
        if (unseen > 0 && showsRecent())
            out.put("* OK [UNSEEN ").number(unseen).put("] first unseen").endLine();
        var state = told.state();
        out.put("* OK [UIDVALIDITY ").number(state.uidValidity()).put("] UIDs valid").endLine();
        out.put("* OK [UIDNEXT ").number(state.uidNext()).put("] next UID").endLine();
        if (client.offers(Feature.OBJECTID)) {
            out.put("* OK [MAILBOXID ").objectId(id().text()).put("] for ever").endLine();
        }
        if (client.offers(Feature.CONDSTORE)) writeHighestModSeq(out);
    }

    /** The MODSEQ up to which the client has been told everything. RFC 7162 §3.1.2.1. */
    void writeHighestModSeq(ImapWriter out) throws IOException {
        out.put("* OK [HIGHESTMODSEQ ").number(told.state().highestModSeq());
        out.put("] all up to it is told").endLine();
    }

    /** From now on the client hears of MODSEQs, and where it stands. RFC 7162 §3.1. */
    void enableCondstore(ImapWriter out) throws IOException {
        if (client.enable(Extension.CONDSTORE)) writeHighestModSeq(out);
    }

    /** The sequence number of the first unseen message; 0 when all are seen. */
    private int firstUnseen() {
        if (told.state().unseen() == 0) return 0;
        for (int i = 0; i < told.size(); i++) if (!told.flags(i).has(Flag.SEEN)) return i + 1;
        return 0;
    }

    /** Remembers what the client was told, or knows without being told, of a message's flags. */
    void remember(long uid, Flags flags) {
        int at = told.find(uid);
        if (at < 0) return;
        if (told.flags(at).equals(flags)) toldSince.remove(uid);
        else toldSince.put(uid, flags);
    }

    /** The flags that the client believes a message to have. */
    Flags believed(long uid) {
        Flags since = toldSince.get(uid);
        if (since != null) return since;
        int at = told.find(uid);
        return at < 0 ? Flags.NONE : told.flags(at);
    }

    /** Tells what happened since the client was told last, as far as that is allowed now. */
    void tellNews(ImapWriter out, Verb.News allowed) throws IOException {
        tellNews(out, allowed, true);
    }

    /** As {@link #tellNews(ImapWriter, Verb.News)}; of flags only when they are wanted. */
    void tellNews(ImapWriter out, Verb.News allowed, boolean flags) throws IOException {
        news.tell(allowed, flags, out);
    }

    /** From now on the client knows the mailbox as it is in an index. */
    void moveOn(MailboxIndex now) {
        told = now;
        toldSince.clear();
    }

    /** Whether the client knows all of the mailbox as it is in an index. */
    boolean knows(MailboxIndex now) {
        return now == told && toldSince.isEmpty();
    }

    /** An untagged FETCH with a message's flags that the client did not ask for. */
    void writeFlags(int sequence, Updated message, ImapWriter out) throws IOException {
        learn(message.flags(), out);
        begin(sequence, message.uid(), out);
        out.put("FLAGS ");
        putFlags(message.uid(), message.flags(), out);
        if (client.has(Extension.CONDSTORE)) putModSeq(message.modSeq(), out.put(' '));
        out.put(')').endLine();
    }

    /** An untagged FETCH with no more than the MODSEQ, for a client that knows the flags. */
    void writeModSeq(Updated message, ImapWriter out) throws IOException {
        begin(sequence(message.uid()), message.uid(), out);
        putModSeq(message.modSeq(), out);
        out.put(')').endLine();
    }

    private void begin(int sequence, long uid, ImapWriter out) {
        beginFetch(sequence, uid, out);
        if (hasNumbers()) out.put("UID ").number(uid).put(' ');
    }

    /** Begins an untagged FETCH, or UIDFETCH (RFC 9586 §3.3). */
    void beginFetch(int sequence, long uid, ImapWriter out) {
        if (hasNumbers()) out.put("* ").number(sequence).put(" FETCH (");
        else out.put("* ").number(uid).put(" UIDFETCH (");
    }

    static void putModSeq(long modSeq, ImapWriter out) {
        out.put("MODSEQ (").number(modSeq).put(')');
    }

    /** A message's flags as this session sees them. */
    void putFlags(long uid, Flags flags, ImapWriter out) {
        List<String> words = flags.words();
        if (isRecent(uid) && showsRecent()) words.add("\\Recent");
        out.list(words);
    }

    /** Tells of keywords that are new in this mailbox, before they are used (RFC 3501 §7.2.6). */
    void learn(Flags flags, ImapWriter out) throws IOException {
        keywords.learn(flags, out);
    }
}
