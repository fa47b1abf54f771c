package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.SequenceSet;
import dev.sobre.mail.Changes;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreResult.Updated;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The selected mailbox as this client knows it: the index it was told of, whose positions are its
 * sequence numbers, and the flags it was told of since. It moves on only when the client is told
 * (RFC 3501 §5.2, §7.4.1), and not by parts: while an EXPUNGE must wait, all news wait.
 *
 * <p>\Recent (RFC 3501 §2.3.2) is on those messages that this session claimed before any other;
 * EXAMINE shows what nobody has claimed and claims nothing.
 */
final class MailboxView implements Numbers {

    private final MailStore store;
    private final Mailbox mailbox;
    private final boolean readOnly;
    private MailboxIndex told;
    private UidSet recent = UidSet.NONE;
    private UidSet saved = UidSet.NONE;
    private final Map<Long, Flags> toldSince = new HashMap<>();
    private final Set<String> keywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private MailboxView(MailStore store, Mailbox mailbox, boolean readOnly) {
        this.store = store;
        this.mailbox = mailbox;
        this.readOnly = readOnly;
        this.told = store.index(mailbox.id());
        claimRecent(told);
    }

    static MailboxView open(MailStore store, Mailbox mailbox, boolean readOnly) {
        return new MailboxView(store, mailbox, readOnly);
    }

    MailboxId id() {
        return mailbox.id();
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

    /** The sequence number of a message that the client knows; 0 when it does not. */
    int sequence(long uid) {
        return Math.max(0, told.find(uid) + 1);
    }

    /** The mailbox as it is now; without messages when it was deleted. */
    MailboxIndex now() {
        try {
            return store.index(mailbox.id());
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
        if (uids) return uids(set);
        if (set.isSaved()) return told.existing(saved);
        if (set.exceeds(size())) throw new BadMessage("there is no message of that number");
        return numbered(set);
    }

    /** The messages that have these sequence numbers; there need not be any. */
    private UidSet numbered(SequenceSet set) {
        var meant = new UidSet.Builder();
        for (var range : set.resolve(size()).ranges()) {
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
        return told.existing(set.resolve(size() == 0 ? 0 : uid(size() - 1)));
    }

    /** Remembers what {@code $} means from now on. RFC 5182. */
    void save(UidSet messages) {
        saved = messages;
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

    private void claimRecent(MailboxIndex index) {
        long next = index.state().uidNext();
        long first = store.claimRecent(id(), readOnly ? 0 : next);
        if (first < next) recent = recent.plus(UidSet.range(first, next - 1));
    }

    private void writeRecent(MailboxIndex index, ImapWriter out) throws IOException {
        out.put("* ").number(index.count(recent)).put(" RECENT").endLine();
    }

    /** The answers to SELECT (RFC 3501 §6.3.1). */
    void introduce(ImapWriter out) throws IOException {
        keywords.addAll(told.keywords());
        int unseen = firstUnseen();
        writeFlags(out);
        out.put("* ").number(told.size()).put(" EXISTS").endLine();
        writeRecent(told, out);
        if (unseen > 0) out.put("* OK [UNSEEN ").number(unseen).put("] first unseen").endLine();
        var state = told.state();
        out.put("* OK [UIDVALIDITY ").number(state.uidValidity()).put("] UIDs valid").endLine();
        out.put("* OK [UIDNEXT ").number(state.uidNext()).put("] next UID").endLine();
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
        MailboxIndex now = now();
        if (now == told && toldSince.isEmpty()) return;
        var since = told.state().highestModSeq();
        if (now.state().highestModSeq() != since || now.size() != told.size()) {
            var difference = difference(now, since);
            if (!difference.gone.isEmpty() && allowed == Verb.News.NO_EXPUNGE) return;
            tell(difference, now, out);
        }
        told = now;
        toldSince.clear();
    }

    /** Messages the client knows that are gone, and that may have other flags. */
    private record Difference(UidSet gone, UidSet changed) {}

    private Difference difference(MailboxIndex now, long since) {
        Changes changes =
                now.size() == 0 ? new Changes.TooOld(now.state()) : store.changes(id(), since);
        UidSet vanished = UidSet.ALL;
        UidSet changed = UidSet.ALL;
        if (changes instanceof Changes.Since known) {
            vanished = known.vanished();
            changed = UidSet.of(known.updated().stream().map(Updated::uid).toList());
        }
        var gone = new UidSet.Builder();
        told.existing(vanished).stream().filter(uid -> now.find(uid) < 0).forEach(gone::add);
        return new Difference(gone.build(), told.existing(changed));
    }

    private void tell(Difference difference, MailboxIndex now, ImapWriter out) throws IOException {
        int before = 0;
        for (var uids = difference.gone.iterator(); uids.hasNext(); before++) {
            out.put("* ").number(sequence(uids.nextLong()) - before).put(" EXPUNGE").endLine();
        }
        if (now.size() > told.size() - before) {
            out.put("* ").number(now.size()).put(" EXISTS").endLine();
            claimRecent(now);
            writeRecent(now, out);
        }
        for (var uids = difference.changed.iterator(); uids.hasNext(); ) {
            long uid = uids.nextLong();
            int at = now.find(uid);
            if (at >= 0 && !now.flags(at).equals(believed(uid))) {
                writeFlags(at + 1, uid, now.flags(at), out);
            }
        }
    }

    /** An untagged FETCH with a message's flags. */
    void writeFlags(int sequence, long uid, Flags flags, ImapWriter out) throws IOException {
        learn(flags, out);
        out.put("* ").number(sequence).put(" FETCH (UID ").number(uid).put(" FLAGS ");
        putFlags(uid, flags, out);
        out.put(')').endLine();
    }

    /** A message's flags as this session sees them. */
    void putFlags(long uid, Flags flags, ImapWriter out) {
        List<String> words = flags.words();
        if (isRecent(uid)) words.add("\\Recent");
        out.list(words);
    }

    /** Tells of keywords that are new in this mailbox, before they are used (RFC 3501 §7.2.6). */
    void learn(Flags flags, ImapWriter out) throws IOException {
        if (!flags.keywords().isEmpty() && keywords.addAll(flags.keywords())) writeFlags(out);
    }

    private void writeFlags(ImapWriter out) throws IOException {
        List<String> words = Flags.of(Flag.values()).plus(Flags.of(0, keywords)).words();
        out.put("* FLAGS ").list(words).endLine();
        out.put("* OK [PERMANENTFLAGS ");
        if (readOnly) {
            out.put("()] nothing can be changed").endLine();
        } else {
            words.add("\\*"); // RFC 3501 §7.1: new keywords can be made
            out.list(words).put("] these are kept").endLine();
        }
    }
}
