package dev.sobre.mail.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sobre.mail.Account;
import dev.sobre.mail.Appended;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.Message;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.UidSet;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.function.Executable;

/** An open store, and what the rules need to speak about it. */
interface StoreUnderTest {

    Instant DATE = Instant.parse("2024-02-29T12:34:56Z");

    MailStore store();

    /** Closes a durable store and opens it again. */
    void reopen() throws Exception;

    /** How many expunges a mailbox remembers at most; 0 when there is no such limit. */
    int expungesKept();

    /** The account of ann@example.org, made when it is asked for first. */
    default Account ann() {
        return account("ann@example.org");
    }

    default Account account(String address) {
        return store().accounts()
                .find(address)
                .orElseGet(() -> store().accounts().create(List.of(address), "{PLAIN}x", false));
    }

    default MailboxId inbox() {
        return mailbox(Mailbox.INBOX);
    }

    /** A mailbox of ann that exists. */
    default MailboxId mailbox(String name) {
        return store().find(ann().id(), name).orElseThrow().id();
    }

    default MailboxId create(String name) {
        return store().alter(ann().id(), new MailboxChange.Create(name)).id();
    }

    default Optional<Mailbox> listed(String name) {
        return store().list(ann().id()).stream().filter(m -> m.name().equals(name)).findFirst();
    }

    default Appended append(MailboxId mailbox, String text, Flag... flags) {
        return store().append(mailbox, List.of(delivery(text, flags))).getFirst();
    }

    static Delivery delivery(String text, Flag... flags) {
        return new Delivery(DeliveryId.random(), source(text), Flags.of(flags), DATE);
    }

    static BlobSource source(String text) {
        return BlobSource.Bytes.of(text.getBytes(ISO_8859_1));
    }

    default List<Message> messages(MailboxId mailbox) {
        return messages(mailbox, UidSet.ALL);
    }

    default List<Message> messages(MailboxId mailbox, UidSet uids) {
        List<Message> all = new ArrayList<>();
        try (var cursor = store().messages(mailbox, uids)) {
            for (var m = cursor.next(); m.isPresent(); m = cursor.next()) all.add(m.get());
        }
        return all;
    }

    default Message message(MailboxId mailbox, long uid) {
        return messages(mailbox, UidSet.of(uid)).getFirst();
    }

    default String text(Message message) throws Exception {
        return new String(Dump.octets(store(), message.body()), ISO_8859_1);
    }

    default List<String> texts(MailboxId mailbox) throws Exception {
        List<String> texts = new ArrayList<>();
        for (var m : messages(mailbox)) texts.add(text(m));
        return texts;
    }

    static List<Long> uids(MailboxIndex index) {
        return index.existing(UidSet.ALL).stream().boxed().toList();
    }

    static void refused(StoreException.Reason reason, Executable action) {
        assertEquals(reason, assertThrows(StoreException.class, action).reason());
    }

    static ByteBuffer buffer(byte[] octets) {
        return ByteBuffer.wrap(octets);
    }
}
