package dev.sobre.mail.search;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailboxId;
import java.nio.ByteBuffer;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** The names of what the documents of the index have. A document is a message or a mark. */
final class Fields {

    /** Changes when documents are made in another way: an index of another form is made anew. */
    static final String FORM = "1-" + Runtime.version().feature(); // Unicode grows with Java

    /** The mailbox of a message; a term. */
    static final String MAILBOX = "m";

    /** Mailbox and UID of a message; a term, to remove it by. */
    static final String MESSAGE = "k";

    /** A message whose text is not here as a whole; a term. */
    static final String CUT = "p";

    /** Trigrams of headers, and of the body. */
    static final String HEADERS = "h";

    static final String BODY = "b";

    /** The text; see {@link Packing}. */
    static final String TEXT = "t";

    /** The UID of a message, or of a mark. */
    static final String UID = "u";

    /** The day in the Date field, as days since 1970. */
    static final String SENT = "s";

    /** By which documents are sorted, so that a mailbox lies together. */
    static final String NUMBER = "n";

    /** The mailbox of a mark; a term. */
    static final String MARK = "w";

    static final String MODSEQ = "q";
    static final String UIDVALIDITY = "v";

    private Fields() {}

    static Term mailbox(MailboxId id) {
        return new Term(MAILBOX, octets(id));
    }

    static Term mark(MailboxId id) {
        return new Term(MARK, octets(id));
    }

    static Term message(MailboxId id, long uid) {
        var key = ByteBuffer.allocate(20).putLong(id.account().value()).putLong(id.number());
        return new Term(MESSAGE, new BytesRef(key.putInt((int) uid).array()));
    }

    /** What the terms of an account's mailboxes begin with. */
    static BytesRef account(AccountId id) {
        return new BytesRef(ByteBuffer.allocate(8).putLong(id.value()).array());
    }

    static BytesRef octets(MailboxId id) {
        var octets = ByteBuffer.allocate(16).putLong(id.account().value()).putLong(id.number());
        return new BytesRef(octets.array());
    }

    static MailboxId mailbox(BytesRef octets) {
        var in = ByteBuffer.wrap(octets.bytes, octets.offset, octets.length);
        return new MailboxId(new AccountId(in.getLong()), in.getLong());
    }
}
