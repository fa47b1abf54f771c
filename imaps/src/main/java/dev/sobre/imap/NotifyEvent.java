package dev.sobre.imap;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something that NOTIFY can tell of. RFC 5465 §5; there are no message annotations here. */
enum NotifyEvent {
    MESSAGE_NEW("MessageNew"),
    MESSAGE_EXPUNGE("MessageExpunge"),
    FLAG_CHANGE("FlagChange"),
    MAILBOX_NAME("MailboxName"),
    SUBSCRIPTION_CHANGE("SubscriptionChange"),
    MAILBOX_METADATA_CHANGE("MailboxMetadataChange"),
    SERVER_METADATA_CHANGE("ServerMetadataChange");

    private final String word;

    NotifyEvent(String word) {
        this.word = word;
    }

    static Optional<NotifyEvent> named(String keyword) {
        return Stream.of(values()).filter(e -> e.word.equalsIgnoreCase(keyword)).findFirst();
    }

    /** Whether it is of a message, not of a mailbox. */
    boolean isOfMessage() {
        return compareTo(MAILBOX_NAME) < 0;
    }

    /** The names of all, for BADEVENT. */
    static String names() {
        return Stream.of(values()).map(e -> e.word).collect(Collectors.joining(" "));
    }
}
