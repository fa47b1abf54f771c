package dev.sobre.mail.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.Metadata;
import dev.sobre.mail.Numbering;
import dev.sobre.mail.Rights;
import dev.sobre.mail.Sharing;
import dev.sobre.mail.SpecialUse;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is exported and imported again is equal (LESSONS 23). */
class RoundTripTest {

    private static final long LIMIT = 1 << 20;

    @TempDir Path folder;

    private final Household old = new Household(MemoryStore.empty());
    private final Household fresh = new Household(MemoryStore.empty());
    private final Watched watched = new Watched();

    private void fill() {
        for (String name : Household.ODD_NAMES) {
            old.append(old.create(name), "Subject: in " + name.hashCode() + "\r\n\r\n");
        }
        var inbox = old.inbox();
        long gone = old.append(inbox, "Subject: gone\r\n\r\n", Flags.DELETED);
        for (String body : Household.ODD_BODIES) {
            old.append(inbox, body, Flags.parse(List.of("\\Seen", "$Forwarded", "Later")));
        }
        for (int bits = 0; bits < 32; bits++) {
            old.append(old.mailbox("Archive"), "Subject: same\r\n\r\n", Flags.of(bits, List.of()));
        }
        var many = IntStream.range(0, 40).mapToObj(i -> "kw" + i).toList();
        old.append(inbox, "Subject: many\r\n\r\n", Flags.of(0, many));
        old.append(inbox, "Subject: late\r\n\r\n", Flags.of(0, List.of("kw39", "later")));
        long last = old.append(inbox, "Subject: the last goes too\r\n\r\n", Flags.DELETED);
        assertTrue(gone < last);
        old.store().expunge(inbox, UidSet.ALL);
        var account = old.ann().id();
        old.store()
                .alter(account, new MailboxChange.Create("Star", Optional.of(SpecialUse.FLAGGED)));
        old.store().alter(account, new MailboxChange.Subscribe("Star"));
        old.store().alter(account, new MailboxChange.Subscribe("not/there"));
        old.store().alter(account, new MailboxChange.Unsubscribe("Junk"));
        attach();
    }

    /** Metadata entries and rights of others. */
    private void attach() {
        var metadata = old.store().metadata();
        byte[] longest = new byte[Metadata.LONGEST_VALUE];
        for (int i = 0; i < longest.length; i++) longest[i] = (byte) ((i * 31) >> 3);
        var entries = Map.of("/private/comment", value("mine"), "/shared/vendor/x/y", value(""));
        metadata.change(old.ann().id(), entries);
        var ofInbox = Map.of("/shared/comment", Optional.of(ByteBuffer.wrap(longest)));
        metadata.change(old.inbox(), ofInbox);
        metadata.change(old.mailbox("Entwürfe/Größe"), Map.of("/shared/comment", value("\r\n\0ü")));
        for (var each : List.of(old, fresh)) each.account("bob@example.org");
        var bob = old.account("bob@example.org").id();
        old.store().sharing().grant(old.inbox(), bob, new Rights("lrs"));
        old.store().sharing().grant(old.mailbox("A & B"), bob, new Rights("lrswitea"));
        old.store().sharing().grant(old.mailbox("A & B"), Sharing.ANYONE, new Rights("l"));
    }

    private static Optional<ByteBuffer> value(String text) {
        return Optional.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Summary export(Form form) throws IOException {
        return new Export(old.store(), old.ann(), form, folder, Optional.empty(), false)
                .run(watched);
    }

    private Import bringing(Form form, boolean dry) {
        return new Import(fresh.store(), fresh.ann(), form, folder, Optional.empty(), LIMIT, dry);
    }

    /** Somebody who goes away after so many messages. */
    private record Stopping(int after) implements Progress {
        @Override
        public void at(String mailbox, long messages, long octets) throws IOException {
            if (messages >= after) throw new IOException("nobody is there any more");
        }

        @Override
        public void passedOver(PassedOver what) {}

        @Override
        public void note(String text) {}
    }

    @ParameterizedTest
    @EnumSource
    void isEqual(Form form) throws IOException {
        fill();
        var inbox = old.store().state(old.inbox());
        var exported = export(form);
        assertEquals(List.of(), watched.passedOver);
        long messages = old.store().accounts().usage(old.ann().id()).messages();
        assertEquals(messages, exported.messages());
        assertEquals(messages, bringing(form, true).run(watched).messages());
        assertEquals(0, fresh.store().accounts().usage(fresh.ann().id()).messages());

        var imported = bringing(form, false).run(watched);
        assertEquals(List.of(), watched.passedOver);
        assertEquals(messages, imported.messages());
        assertEquals(old.picture(), fresh.picture());
        var again = bringing(form, false).run(watched);
        assertEquals(messages, again.there());
        assertEquals(0, again.messages());
        assertEquals(old.picture(), fresh.picture());
        assertEquals(inbox.messages(), fresh.store().state(fresh.inbox()).messages());
    }

    @ParameterizedTest
    @EnumSource
    void aMailboxTakesTheNumbersItHad(Form form) throws IOException {
        old.append(old.inbox(), "Subject: one\r\n\r\n");
        old.append(old.inbox(), "Subject: gone\r\n\r\n", Flags.DELETED);
        old.store().expunge(old.inbox(), UidSet.ALL);
        var numbers = new Numbering(77, 12, 99);
        old.store().adopt(old.inbox(), old.store().state(old.inbox()), numbers);
        long modSeq = old.store().state(old.inbox()).highestModSeq();
        export(form);
        bringing(form, false).run(watched);
        var state = fresh.store().state(fresh.inbox());
        assertEquals(77, state.uidValidity());
        assertEquals(12, state.uidNext());
        assertTrue(state.highestModSeq() > modSeq);
        bringing(form, false).run(watched);
        assertEquals(state, fresh.store().state(fresh.inbox()));
    }

    @ParameterizedTest
    @EnumSource
    void mailThatIsThereStays(Form form) throws IOException {
        old.append(old.inbox(), "Subject: one\r\n\r\n");
        old.append(old.inbox(), "Subject: two\r\n\r\n");
        export(form);
        fresh.append(fresh.inbox(), "Subject: mine\r\n\r\n");
        var before = fresh.store().state(fresh.inbox());
        bringing(form, false).run(watched);
        bringing(form, false).run(watched);
        assertEquals(
                List.of("Subject: mine\r\n\r\n", "Subject: one\r\n\r\n", "Subject: two\r\n\r\n"),
                fresh.texts("INBOX"));
        assertEquals(before.uidValidity(), fresh.store().state(fresh.inbox()).uidValidity());
        assertTrue(watched.notes.getFirst().contains("INBOX: messages get new UIDs"));
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedImportGoesOnUnderTheOldUids(Form form) throws IOException {
        for (int i = 0; i < 150; i++) old.append(old.inbox(), "Subject: " + i + "\r\n\r\n");
        var odd = new FlagChange(FlagChange.Kind.ADD, Flags.of(Flag.DELETED));
        old.store().store(old.inbox(), UidSet.of(3, 80, 150), odd, Long.MAX_VALUE);
        old.store().expunge(old.inbox(), UidSet.ALL);
        export(form);
        assertThrows(IOException.class, () -> bringing(form, false).run(new Stopping(60)));
        assertTrue(fresh.store().state(fresh.inbox()).messages() > 0);
        var summary = bringing(form, false).run(watched);
        assertEquals(147, summary.messages() + summary.there());
        assertEquals(old.picture(), fresh.picture());
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheOwnerCanRead(Form form) throws IOException {
        fill();
        export(form);
        try (var all = Files.walk(folder)) {
            for (Path each : all.filter(p -> !p.equals(folder)).toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                assertEquals(Files.isDirectory(each) ? "rwx------" : "rw-------", mode, each + "");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoGetsRightsIsSaid(Form form) throws IOException {
        for (String name : List.of("bob@example.org", "carl@example.org")) {
            var to = old.account(name).id();
            old.store().sharing().grant(old.inbox(), to, new Rights("lr"));
        }
        export(form);
        var bob = fresh.account("bob@example.org").id();
        var said =
                List.of(
                        "INBOX: bob@example.org gets the rights lr",
                        "INBOX: nobody here is called carl@example.org, who had rights");
        bringing(form, true).run(watched);
        assertEquals(said, watched.notes);
        assertEquals(Map.of(), fresh.store().sharing().list(fresh.inbox()));
        bringing(form, false).run(watched);
        assertEquals(Map.of(bob, new Rights("lr")), fresh.store().sharing().list(fresh.inbox()));
    }

    @ParameterizedTest
    @EnumSource
    void anEntryThatIsThereStays(Form form) throws IOException {
        attachTo(old, "old");
        attachTo(fresh, "fresh");
        export(form);
        var before = fresh.picture();
        bringing(form, false).run(watched);
        assertEquals(before, fresh.picture());
    }

    private static void attachTo(Household household, String comment) {
        var entries = Map.of("/private/comment", value(comment));
        household.store().metadata().change(household.inbox(), entries);
        household.store().metadata().change(household.ann().id(), entries);
    }

    @ParameterizedTest
    @EnumSource
    void oddEntriesArePassedOver(Form form) throws IOException {
        export(form);
        var tooLong = Base64.getEncoder().encodeToString(new byte[20 << 10]);
        var lines =
                List.of(
                        "sobre-entries 1",
                        "value AAAA",
                        "entry /private/nowhere",
                        "mailbox INBOX",
                        "entry no-entry",
                        "entry /private/broken",
                        "value %%%",
                        "value AAAA",
                        "entry /private/long",
                        ("value " + tooLong + "\n").repeat(4) + "rights",
                        "rights xyz anyone",
                        "mailbox gone",
                        "entry /private/comment",
                        "later something",
                        "mailbox INBOX",
                        "entry /private/good",
                        "value AAAA");
        Files.write(folder.resolve("sobre.entries"), lines);
        bringing(form, false).run(watched);
        var where = watched.passedOver.stream().map(w -> w.replaceAll(": .*", "")).toList();
        assertEquals(
                List.of(
                        "entry no-entry",
                        "entry /private/broken",
                        "entry /private/long",
                        "INBOX, rights of anyone",
                        "sobre.entries"),
                where);
        var there = fresh.store().metadata().of(fresh.inbox());
        assertEquals(Map.of("/private/good", ByteBuffer.allocate(3)), there);
        Files.writeString(folder.resolve("sobre.entries"), "\0\1something else");
        bringing(form, false).run(watched);
        assertTrue(watched.passedOver.getLast().startsWith("sobre.entries: another file"));
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedExportGoesOn(Form form) throws IOException {
        for (int i = 0; i < 450; i++) {
            old.append(
                    old.inbox(), "Subject: " + i + "\r\n\r\n", Flags.of(0, List.of("kw" + i % 30)));
        }
        old.append(old.mailbox("Archive"), "Subject: x\r\n\r\n");
        var export = new Export(old.store(), old.ann(), form, folder, Optional.empty(), true);
        assertThrows(IOException.class, () -> export.run(new Stopping(330)));
        assertThrows(IOException.class, () -> export(form));
        bringing(form, true).run(watched);
        assertTrue(watched.notes.toString().contains("was not finished"), watched.notes.toString());
        watched.passedOver.clear();
        var summary = export.run(watched);
        assertTrue(form == Form.MBOX ? summary.there() == 1 : summary.there() == 301, summary + "");
        bringing(form, false).run(watched);
        assertEquals(List.of(), watched.passedOver);
        assertEquals(old.picture(), fresh.picture());
    }
}
