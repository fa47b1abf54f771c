package dev.sobre.mail.rocksdb.crash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Account;
import dev.sobre.mail.Flag;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxState;
import dev.sobre.mail.rocksdb.Mails;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * An account as a store shows it.
 *
 * @param states by the mailboxes' stable numbers
 */
record Observation(
        AccountModel account, TreeMap<String, Long> numbers, Map<Long, MailboxState> states) {

    /** Reads every message, octet for octet, and counts what the store has counted. */
    static Observation of(MailStore store, Account account) throws IOException {
        var boxes = new TreeMap<String, AccountModel.Box>();
        var numbers = new TreeMap<String, Long>();
        var states = new TreeMap<Long, MailboxState>();
        for (var mailbox : store.list(account.id())) {
            if (!mailbox.exists()) continue;
            boxes.put(mailbox.name(), box(store, mailbox.id()));
            numbers.put(mailbox.name(), mailbox.id().number());
            states.put(mailbox.id().number(), store.state(mailbox.id()));
        }
        return new Observation(new AccountModel(boxes, 0), numbers, states);
    }

    private static AccountModel.Box box(MailStore store, MailboxId id) throws IOException {
        var messages = new TreeMap<Long, AccountModel.Held>();
        int unseen = 0;
        long octets = 0;
        long highest = 1;
        for (var message : Mails.all(store, id)) {
            byte[] body = Mails.read(store, message);
            long seed = Mails.seed(body);
            assertArrayEquals(Op.Mail.body(seed), body, () -> "message " + seed);
            messages.put(message.uid(), new AccountModel.Held(seed, message.flags()));
            if (!message.flags().has(Flag.SEEN)) unseen++;
            octets += body.length;
            highest = Math.max(highest, message.modSeq());
        }
        MailboxState state = store.state(id);
        assertEquals(messages.size(), state.messages(), "EXISTS");
        assertEquals(messages.size(), store.index(id).size(), "the index");
        assertEquals(unseen, state.unseen(), "UNSEEN");
        assertEquals(octets, state.octets(), "SIZE");
        assertTrue(highest <= state.highestModSeq(), "a MODSEQ above HIGHESTMODSEQ");
        return new AccountModel.Box(state.uidNext(), messages);
    }
}
