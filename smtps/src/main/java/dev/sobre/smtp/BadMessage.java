package dev.sobre.smtp;

/** What the client sent breaks the grammar; carries the answer. */
final class BadMessage extends Exception {

    private final transient Reply reply;

    BadMessage(Reply reply) {
        super(reply.text(), null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
