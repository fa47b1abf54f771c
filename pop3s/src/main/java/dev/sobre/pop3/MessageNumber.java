package dev.sobre.pop3;

/** The number of a message, as commands name it (RFC 1939 §5: from 1, at login's count). */
sealed interface MessageNumber {

    /** A message that is there and not marked for deletion. */
    record Of(int position) implements MessageNumber {}

    /** No such message. */
    record Wrong(Answer answer) implements MessageNumber {}

    static MessageNumber parse(String text, Maildrop maildrop) {
        if (!text.matches("[0-9]{1,9}")) return new Wrong(missing());
        int position = Integer.parseInt(text) - 1;
        if (position < 0 || position >= maildrop.size()) {
            return new Wrong(Answer.err("there is no such message"));
        }
        if (maildrop.isMarked(position)) {
            return new Wrong(Answer.err("the message is marked as deleted"));
        }
        return new Of(position);
    }

    static Answer missing() {
        return Answer.err("I expected the number of a message");
    }
}
