package dev.sobre.pop3;

import java.io.InputStream;
import java.util.AbstractList;
import java.util.List;
import org.apache.james.protocols.pop3.mailbox.Mailbox;
import org.apache.james.protocols.pop3.mailbox.MessageMetaData;
import org.jspecify.annotations.Nullable;

/**
 * A maildrop as James's LIST, STAT and DELE want to see it, without copies. What they take for a
 * message's unique id is its position.
 */
final class Views {

    private Views() {}

    /** The messages by position. */
    static final class Messages extends AbstractList<MessageMetaData> {
        private final Maildrop maildrop;

        Messages(Maildrop maildrop) {
            this.maildrop = maildrop;
        }

        @Override
        public MessageMetaData get(int position) {
            return new MessageMetaData(Integer.toString(position), maildrop.octets(position));
        }

        @Override
        public int size() {
            return maildrop.size();
        }
    }

    /** The messages marked for deletion. James adds to it and looks up in it. */
    static final class Marked extends AbstractList<String> {
        private final Maildrop maildrop;

        Marked(Maildrop maildrop) {
            this.maildrop = maildrop;
        }

        @Override
        public boolean contains(@Nullable Object position) {
            return position instanceof String at && maildrop.isMarked(Integer.parseInt(at));
        }

        @Override
        public boolean add(String position) {
            maildrop.mark(Integer.parseInt(position));
            return true;
        }

        @Override
        public String get(int index) {
            throw new UnsupportedOperationException("marks are not listed");
        }

        @Override
        public int size() {
            return maildrop.markedCount();
        }
    }

    /** The mailbox that James names in its logs; it is read through {@link Maildrop} only. */
    record Named(String getIdentifier) implements Mailbox {

        @Override
        public InputStream getMessage(String uid) {
            throw new UnsupportedOperationException("RETR and TOP are ours");
        }

        @Override
        public List<MessageMetaData> getMessages() {
            throw new UnsupportedOperationException("the session has the list");
        }

        @Override
        public void remove(String... uids) {
            throw new UnsupportedOperationException("QUIT is ours");
        }

        @Override
        public void close() {}
    }
}
