package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.delivery;
import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static dev.sobre.mail.contract.StoreUnderTest.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Accepted;
import dev.sobre.mail.Appended;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.Repeat;
import dev.sobre.mail.Spool;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.Submission;
import dev.sobre.mail.UidSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages get in once, whole and in order. */
interface DeliveryRules extends StoreUnderTest {

    @Test
    default void appendedMessagesAreThere() throws Exception {
        var flags = Flags.of(Flag.SEEN.bit(), List.of("$Forwarded"));
        var mail = new Delivery(DeliveryId.random(), source("Subject: s\r\n\r\nx"), flags, DATE);
        Appended done = store().append(inbox(), List.of(mail)).getFirst();
        append(inbox(), "two");
        var state = store().state(inbox());
        assertEquals(inbox(), done.mailbox());
        assertEquals(state.uidValidity(), done.uidValidity());
        var message = message(inbox(), done.uid());
        assertEquals(done.uid(), message.uid());
        assertEquals(done.modSeq(), message.modSeq());
        assertEquals(flags, message.flags());
        assertEquals(DATE, message.internalDate());
        assertEquals("Subject: s\r\n\r\nx", text(message));
        assertEquals("s", message.structure().envelope().orElseThrow().subject().orElseThrow());
        assertEquals(2, state.messages());
        assertEquals(1, state.unseen());
        assertEquals(18, state.octets());
    }

    /** RFC 9051 §9: a year has four digits. What is imported may be dated anyhow. */
    @Test
    default void dateBeyondAllYearsIsTheNearestOne() {
        for (var date : List.of(Instant.MIN, Instant.MAX)) {
            var mail = new Delivery(DeliveryId.random(), source("x"), Flags.NONE, date);
            store().append(inbox(), List.of(mail));
        }
        var dates = messages(inbox()).stream().map(Message::internalDate).toList();
        var first = Instant.parse("0000-01-01T00:00:00Z");
        assertEquals(List.of(first, Instant.parse("9999-12-31T23:59:59.999Z")), dates);
    }

    @Test
    default void uidsAndModSeqsAscend() {
        long uid = 0;
        long modSeq = store().state(inbox()).highestModSeq();
        for (int i = 0; i < 5; i++) {
            var all = store().append(inbox(), List.of(delivery("a"), delivery("b"), delivery("c")));
            assertTrue(all.getFirst().modSeq() > modSeq);
            for (var one : all) {
                assertTrue(one.uid() > uid);
                assertTrue(one.modSeq() >= modSeq);
                uid = one.uid();
                modSeq = one.modSeq();
            }
            assertEquals(modSeq, store().state(inbox()).highestModSeq());
            assertTrue(store().state(inbox()).uidNext() > uid);
        }
    }

    @Test
    default void aUidIsNeverUsedAgain() throws Exception { // RFC 9051 §2.3.1.1
        append(inbox(), "one");
        long highest = append(inbox(), "two", Flag.DELETED).uid();
        store().expunge(inbox(), UidSet.ALL);
        reopen();
        assertTrue(append(inbox(), "three").uid() > highest);
        store().copy(inbox(), UidSet.ALL, mailbox("Trash"), true);
        reopen();
        assertTrue(append(inbox(), "four").uid() > highest + 1);
    }

    @Test
    default void aDeliveryIsStoredOnce() throws Exception {
        var mail = delivery("one");
        var first = store().append(inbox(), List.of(mail));
        assertEquals(first, store().append(inbox(), List.of(mail)));
        reopen();
        var again = store().append(inbox(), List.of(delivery("two"), mail));
        assertEquals(first.getFirst(), again.getLast());
        var twice = delivery("three");
        var both = store().append(inbox(), List.of(twice, twice));
        assertEquals(both.getFirst(), both.getLast());
        assertEquals(List.of("one", "two", "three"), texts(inbox()));
        var elsewhere = store().append(mailbox("Sent"), List.of(mail)).getFirst();
        assertEquals(mailbox("Sent"), elsewhere.mailbox());
        assertEquals(List.of("one"), texts(mailbox("Sent")));
    }

    @Test
    default void aDeliveryThatWasExpungedStaysAway() {
        var mail = delivery("one", Flag.DELETED);
        var first = store().append(inbox(), List.of(mail));
        store().expunge(inbox(), UidSet.ALL);
        assertEquals(first, store().append(inbox(), List.of(mail)));
        assertEquals(0, store().state(inbox()).messages());
    }

    @Test
    default void appendIsAllOrNothing() {
        var missing = new BlobSource.InFile(Path.of("/nonexistent/file"), 0, 10);
        var bad = new Delivery(DeliveryId.random(), missing, Flags.NONE, DATE);
        var before = store().state(inbox());
        assertThrows(
                StoreException.class, () -> store().append(inbox(), List.of(delivery("a"), bad)));
        assertEquals(before, store().state(inbox()));
        assertEquals(List.of(), store().append(inbox(), List.of()));
        assertEquals(before, store().state(inbox()));
    }

    @Test
    default void whereThereIsNoMailboxNothingIsAppended() {
        var nowhere = new MailboxId(ann().id(), inbox().number() + 1000);
        refused(Reason.MISSING, () -> append(nowhere, "text"));
        refused(Reason.MISSING, () -> append(new MailboxId(ann().id(), 0), "text"));
    }

    @Test
    default void anAcceptedMailIsInAllItsPlaces() throws Exception {
        var bob = account("bob@example.org");
        var bobs = store().find(bob.id(), "INBOX").orElseThrow().id();
        var id = DeliveryId.random();
        var relay = new Spool.Entry("c@example.com", "example.com", DATE, 0, "");
        var mail =
                new Submission(
                        id,
                        "ann@example.org",
                        source("text"),
                        DATE,
                        List.of(inbox(), bobs, inbox()),
                        List.of(relay));
        var accepted = store().accept(mail);
        assertEquals(id, accepted.id());
        assertEquals(
                List.of(inbox(), bobs), accepted.local().stream().map(Appended::mailbox).toList());
        assertEquals(List.of("text"), texts(inbox()));
        assertEquals(List.of("text"), texts(bobs));
        assertEquals(Flags.NONE, messages(bobs).getFirst().flags());
        assertEquals(DATE, messages(bobs).getFirst().internalDate());
        assertEquals(1, store().spool().size());
        reopen();
        assertEquals(accepted, store().accept(mail));
        assertEquals(List.of("text"), texts(inbox()));
        assertEquals(1, store().spool().size());
    }

    @Test
    default void aMailIsAcceptedWholeOrNotAtAll() {
        var gone = create("gone");
        store().alter(ann().id(), new MailboxChange.Delete("gone"));
        var relay = new Spool.Entry("c@example.com", "example.com", DATE, 0, "");
        var id = DeliveryId.random();
        var before = store().state(inbox());
        refused(
                Reason.MISSING,
                () ->
                        store().accept(
                                        new Submission(
                                                id,
                                                "",
                                                source("text"),
                                                DATE,
                                                List.of(inbox(), gone),
                                                List.of(relay))));
        assertEquals(before, store().state(inbox()));
        assertEquals(0, store().spool().size());
        // What failed may be tried again under the same id.
        store().accept(new Submission(id, "", source("text"), DATE, List.of(inbox()), List.of()));
        assertNotEquals(before, store().state(inbox()));
    }

    @Test
    default void whoHadAMailGetsItNotAgain() throws Exception {
        var bob = account("bob@example.org");
        var bobs = store().find(bob.id(), "INBOX").orElseThrow().id();
        var name = DeliveryId.random();
        var here = List.of(inbox());
        assertEquals(0, again(name, DATE, here, "c@x").repeated());
        reopen();
        var second =
                again(name, DATE.plusSeconds(3600), List.of(inbox(), bobs, bobs), "c@x", "d@x");
        assertEquals(2, second.repeated());
        assertEquals(List.of(bobs), second.local().stream().map(Appended::mailbox).toList());
        assertEquals(List.of("text"), texts(inbox()));
        assertEquals(List.of("text"), texts(bobs));
        assertEquals(2, store().spool().size());
        assertEquals(2, again(name, DATE, here, "c@x").repeated());
        assertEquals(0, again(DeliveryId.random(), DATE, here, "c@x").repeated());
        // What is older than a window and the one before is forgotten.
        assertEquals(0, again(name, DATE.plusSeconds(4 * 3600), here, "c@x").repeated());
        assertEquals(List.of("text", "text", "text"), texts(inbox()));
        assertEquals(4, store().spool().size());
    }

    private Accepted again(
            DeliveryId name, Instant now, List<MailboxId> local, String... recipients)
            throws Exception {
        var entries =
                Stream.of(recipients).map(to -> new Spool.Entry(to, "x", DATE, 0, "")).toList();
        return again(Repeat.within(Duration.ofHours(1), name, now, Map.of()), now, local, entries);
    }

    private Accepted again(
            Repeat repeat, Instant now, List<MailboxId> local, List<Spool.Entry> entries)
            throws Exception {
        return store().accept(
                        new Submission(
                                DeliveryId.random(),
                                "a@x",
                                source("text"),
                                now,
                                local,
                                entries,
                                Optional.of(repeat)));
    }

    @Test
    default void whoeverIsWrittenToGetsAMailOfItsOwn() throws Exception {
        var name = DeliveryId.random();
        assertEquals(0, to(name, "a@x").repeated());
        assertEquals(0, to(name, "alias@x").repeated());
        assertEquals(2, texts(inbox()).size());
        reopen();
        assertEquals(1, to(name, "alias@x", "a@x").repeated());
        assertEquals(0, to(name, "a@x", "other@x").repeated()); // one of them had it, one not
        assertEquals(3, texts(inbox()).size());
        assertEquals(1, to(name, "other@x").repeated());
    }

    private Accepted to(DeliveryId name, String... addresses) throws Exception {
        var recipients = Map.of(inbox(), List.of(addresses));
        var repeat = Repeat.within(Duration.ofHours(1), name, DATE, recipients);
        return again(repeat, DATE, List.of(inbox()), List.of());
    }
}
