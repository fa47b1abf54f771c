package dev.sobre.mail.search;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import java.util.LinkedHashMap;

/**
 * What earlier searches found in texts. It stays so, for a message never changes: who asks again is
 * answered from here, and only new messages are looked at. Keeps to a bound; what was not asked for
 * longest goes first.
 */
final class Answers {

    private static final int LONGEST_TEXT = 1000; // in a key; a longer one is not kept
    private static final int OVERHEAD = 200; // octets of an entry, besides text and bits
    private static final int SPARSEST = 64; // UIDs for a message; fewer mails make no bit set

    /** One key of one mailbox. */
    private record Question(MailboxId mailbox, long uidValidity, SearchKey key) {}

    private final long most;
    private final LinkedHashMap<Question, Answer> answers =
            new LinkedHashMap<>(16, 0.75f, true); // guarded by this, as is what follows
    private long octets;

    /**
     * @param most octets kept
     */
    Answers(long most) {
        this.most = most;
    }

    /** What is known of a key. */
    synchronized Answer known(MailboxId mailbox, MailboxIndex now, SearchKey key) {
        var known = answers.get(question(mailbox, now, key));
        return known == null ? Answer.NONE : known;
    }

    /** Keeps what a search found out, beside what is known already. */
    void learn(MailboxId mailbox, MailboxIndex now, SearchKey key, Answer.Learner learnt) {
        if (learnt.isEmpty() || length(key) > LONGEST_TEXT || isSparse(now)) return;
        put(question(mailbox, now, key), learnt);
    }

    private synchronized void put(Question question, Answer.Learner learnt) {
        Answer old = answers.remove(question);
        if (old != null) octets -= octets(question, old);
        Answer both = learnt.with(old == null ? Answer.NONE : old);
        if (octets(question, both) > most / 8) return;
        octets += octets(question, both);
        answers.put(question, both);
        var oldest = answers.entrySet().iterator();
        while (octets > most) {
            var entry = oldest.next();
            octets -= octets(entry.getKey(), entry.getValue());
            oldest.remove();
        }
    }

    /** Forgets everything: what was learnt may come from an index that is damaged. */
    synchronized void clear() {
        answers.clear();
        octets = 0;
    }

    private static Question question(MailboxId mailbox, MailboxIndex now, SearchKey key) {
        return new Question(mailbox, now.state().uidValidity(), key);
    }

    private static boolean isSparse(MailboxIndex now) {
        if (now.size() == 0) return true;
        long span = now.uid(now.size() - 1) - now.uid(0);
        return span > Integer.MAX_VALUE / 2 || span / SPARSEST > now.size() + 100L;
    }

    private static long octets(Question question, Answer answer) {
        return OVERHEAD + 2L * length(question.key) + answer.octets();
    }

    private static int length(SearchKey key) {
        return switch (key) {
            case SearchKey.Header header -> header.field().length() + header.text().length();
            case SearchKey.Body body -> body.text().length();
            case SearchKey.Text text -> text.text().length();
            default -> 0;
        };
    }
}
