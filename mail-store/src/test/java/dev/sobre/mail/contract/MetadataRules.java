package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.EntryName;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Metadata;
import dev.sobre.mail.StoreException.Reason;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations (RFC 5464). */
interface MetadataRules extends StoreUnderTest {

    private static Optional<ByteBuffer> value(String text) {
        return Optional.of(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }

    private Map<String, String> of(MailboxId mailbox) {
        return show(store().metadata().of(mailbox));
    }

    private static Map<String, String> show(Map<String, ByteBuffer> entries) {
        Map<String, String> texts = new TreeMap<>();
        entries.forEach((name, v) -> texts.put(name, ISO_8859_1.decode(v.duplicate()).toString()));
        return texts;
    }

    private void set(MailboxId mailbox, String name, String text) {
        store().metadata().change(mailbox, Map.of(name, value(text)));
    }

    @Test
    default void entriesAreSetAndRemoved() throws Exception {
        assertEquals(Map.of(), of(inbox()));
        set(inbox(), "/PRIVATE/Comment", "mine");
        set(inbox(), "/shared/comment", "");
        set(inbox(), "/private/comment", "mine\0\u00ff\r\n");
        assertEquals(
                Map.of("/private/comment", "mine\0\u00ff\r\n", "/shared/comment", ""), of(inbox()));
        reopen();
        store().metadata().change(inbox(), Map.of("/SHARED/comment", Optional.empty()));
        assertEquals(Map.of("/private/comment", "mine\0\u00ff\r\n"), of(inbox()));
        assertEquals(Map.of(), of(mailbox("Trash")));
    }

    @Test // RFC 7162 §3.2
    default void aChangeOfEntriesIsAChangeOfTheMailbox() throws Exception {
        set(inbox(), "/private/comment", "x");
        var before = store().state(inbox());
        set(inbox(), "/private/comment", "y");
        store().metadata().change(inbox(), Map.of("/private/comment", Optional.empty()));
        assertEquals(before.highestModSeq() + 2, store().state(inbox()).highestModSeq());
        reopen();
        assertEquals(before.annotated().annotated(), store().state(inbox()));
        refused(Reason.REFUSED, () -> set(inbox(), "/private", "z"));
        assertEquals(before.annotated().annotated(), store().state(inbox()));
        assertEquals(before.annotated().annotated(), store().index(inbox()).state());
    }

    @Test
    default void anAccountHasEntriesToo() { // RFC 5464 §1: the mailbox ""
        var metadata = store().metadata();
        metadata.change(ann().id(), Map.of("/private/vendor/x/y", value("1")));
        assertEquals(Map.of("/private/vendor/x/y", "1"), show(metadata.of(ann().id())));
        assertEquals(Map.of(), of(inbox()));
        var old = ann().id();
        store().accounts().remove(old);
        refused(Reason.MISSING, () -> metadata.of(old));
        refused(Reason.MISSING, () -> metadata.change(old, Map.of("/private/a", value("1"))));
        assertEquals(Map.of(), show(metadata.of(ann().id()))); // lesson 11
    }

    @Test
    default void entriesGoWhereTheirMailboxGoes() {
        MailboxId a = create("a");
        set(a, "/private/comment", "x");
        store().alter(ann().id(), new MailboxChange.Rename("a", "b"));
        assertEquals(Map.of("/private/comment", "x"), of(mailbox("b")));
        store().alter(ann().id(), new MailboxChange.Delete("b"));
        refused(Reason.MISSING, () -> store().metadata().of(a));
        refused(Reason.MISSING, () -> set(a, "/private/comment", "x"));
        assertEquals(Map.of(), of(create("b")));
    }

    @ParameterizedTest // RFC 5464 §3.2
    @ValueSource(
            strings = {
                "",
                "/",
                "/private",
                "/private/",
                "/private//a",
                "/private/a/",
                "private/a",
                "/a/b",
                "/private/a*",
                "/private/a%",
                "/private/\u0001",
                "/private/ä",
                "/shared/vendor",
                "/shared/vendor/x",
                "x/private/a"
            })
    default void aBadEntryNameIsRefused(String name) {
        refused(Reason.REFUSED, () -> set(inbox(), name, "x"));
    }

    @Test
    default void entriesAreBounded() {
        set(inbox(), "/shared/comment", "kept");
        String longest = "x".repeat(Metadata.LONGEST_VALUE);
        refused(
                Reason.REFUSED,
                () -> set(inbox(), "/private/" + "n".repeat(EntryName.LONGEST), "x"));
        var both = Map.of("/shared/comment", value("new"), "/shared/b", value(longest + "x"));
        refused(Reason.TOO_LARGE, () -> store().metadata().change(inbox(), both));
        assertEquals(Map.of("/shared/comment", "kept"), of(inbox()), "all or none");
        Map<String, Optional<ByteBuffer>> many = new HashMap<>();
        for (int i = 1; i < Metadata.MOST_ENTRIES; i++) many.put("/private/e" + i, value("x"));
        store().metadata().change(inbox(), many);
        refused(Reason.LIMIT, () -> set(inbox(), "/private/more", "x"));
        set(inbox(), "/shared/comment", longest);
        var exchange =
                Map.of("/private/more", value("x"), "/private/e1", Optional.<ByteBuffer>empty());
        store().metadata().change(inbox(), exchange);
        assertEquals(Metadata.MOST_ENTRIES, of(inbox()).size());
    }
}
