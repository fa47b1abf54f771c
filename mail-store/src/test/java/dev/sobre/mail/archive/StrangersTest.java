package dev.sobre.mail.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Quota;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of what other programs wrote, and of what is damaged. */
class StrangersTest {

    private static final long LIMIT = 100_000;
    private static final Instant TIME = Instant.parse("2020-02-02T20:02:02Z");

    @TempDir Path folder;

    private final Household house = new Household(MemoryStore.empty());
    private final Watched watched = new Watched();

    private Path put(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, text.getBytes(ISO_8859_1));
        Files.setLastModifiedTime(path, FileTime.from(TIME));
        return path;
    }

    private Summary bring(Form form, Path from) throws IOException {
        return new Import(house.store(), house.ann(), form, from, Optional.empty(), LIMIT, false)
                .run(watched);
    }

    private List<Flags> flags(String mailbox) {
        return house.messages(house.mailbox(mailbox)).stream().map(m -> m.flags()).toList();
    }

    private List<Long> uids(String mailbox) {
        return house.messages(house.mailbox(mailbox)).stream().map(m -> m.uid()).toList();
    }

    /** Linux fails any read at the beginning of this file, as a bad sector would be. */
    @Test
    void aFileThatCanNotBeReadIsPassedOver() throws IOException {
        Path file = Path.of("/proc/self/mem");
        assumeTrue(Files.exists(file));
        assertEquals(0, bring(Form.MBOX, file).messages());
        assertEquals(1, watched.passedOver.size());
    }

    @Test
    void aFolderInAnotherFormIsNamed() throws IOException {
        Path files = folder.resolve("files");
        new Export(house.store(), house.ann(), Form.MBOX, files, Optional.empty(), false)
                .run(watched);
        assertEquals(0, bring(Form.MAILDIR, files).mailboxes());
        assertEquals(
                List.of(files + ": there is no Maildir in it, but an export in the form of mbox"),
                watched.passedOver);
        assertEquals(0, bring(Form.MBOX, files).passedOver());
    }

    @Test
    void aMaildirOfDovecot() throws IOException {
        put(
                "dovecot-uidlist",
                "3 V1500000000 N12 G0123456789abcdef\n5 :11.a,S=8,W=9\n9 W10 :7.b\n");
        put("dovecot-keywords", "0 $Forwarded\n1 Later\n");
        put("cur/7.b:2,FSa", "A: nine\n\n");
        put("cur/11.a,S=8,W=9:2,Tbz", "A: five\n");
        put("new/99.c", "A: ten\n\nx");
        put(".Lists.News/cur/1.x:2,S", "A: news\n\n");
        put(".Entw&APw-rfe/new/1.y", "A: draft\n\n");
        put(".a\\2eb/new/1.z", "A: dot\n\n");
        put("subscriptions", "Lists.News\nnot.there\n");
        Files.delete(put("tmp/x", ""));
        var summary = bring(Form.MAILDIR, folder);
        assertEquals(6, summary.messages());
        assertEquals(List.of(), watched.passedOver);
        assertEquals(
                List.of("A: five\r\n", "A: nine\r\n\r\n", "A: ten\r\n\r\nx"), house.texts("INBOX"));
        assertEquals(List.of(5L, 9L, 12L), uids("INBOX"));
        assertEquals(1_500_000_000, house.store().state(house.inbox()).uidValidity());
        assertEquals(
                List.of(
                        Flags.parse(List.of("\\Deleted", "Later")),
                        Flags.parse(List.of("\\Flagged", "\\Seen", "$Forwarded")),
                        Flags.NONE),
                flags("INBOX"));
        assertEquals(TIME, house.messages(house.inbox()).getFirst().internalDate());
        assertEquals(List.of("A: news\r\n\r\n"), house.texts("Lists/News"));
        assertEquals(List.of("A: draft\r\n\r\n"), house.texts("Entwürfe"));
        assertEquals(List.of("A: dot\r\n\r\n"), house.texts("a.b"));
        var subscribed = house.store().list(house.ann().id());
        assertTrue(
                subscribed.stream().anyMatch(m -> m.subscribed() && m.name().equals("not/there")));
    }

    @Test
    void foldersInFolders() throws IOException {
        put("Inbox/cur/1.a:2,", "A: in\n\n");
        put("Lists/News/new/1.b", "A: news\n\n");
        put("50%/new/1.c", "A: odd\n\n");
        put("cafe", "no folder");
        assertEquals(3, bring(Form.MAILDIR, folder).messages());
        assertEquals(List.of("A: in\r\n\r\n"), house.texts("INBOX"));
        assertEquals(List.of("A: news\r\n\r\n"), house.texts("Lists/News"));
        assertEquals(List.of("A: odd\r\n\r\n"), house.texts("50_"));
        assertEquals("the mailbox `50%` is called `50_` here", watched.notes.getFirst());
    }

    @Test
    void damagedFilesAreNamedAndPassedOver() throws IOException {
        put("cur/1.good:2,S", "A: good\n\n");
        put("cur/2.short,S=100,W=102:2,", "A: cut\n\n");
        put("cur/3.nul:2,", "A: x\n\nnul \0 octet\n");
        put("cur/4.garbage:2,", "\u0001\u0002\u00ff\u00fe\u0080binary");
        put("cur/5.large:2,", "A: large\n\n" + "x".repeat(100_000));
        put("cur/6.folder/x", "A: not here\n\n");
        put("cur/7.empty:2,", "");
        Files.createSymbolicLink(folder.resolve("cur/8.link"), put("elsewhere", "A: secret\n\n"));
        put("cur/9.good:2,", "no-colon header\n\nstill mail\n");
        put("dovecot-uidlist", "\0\0garbage\n7 \n: :\n18446744073709551616 :x\n");
        put("dovecot-keywords", "99999999999 x\nx\n");
        put("sobre-messages", "1 2 3\n\u00ff\u00ff garbage\n");
        put("sobre.archive", "something else\n");
        var summary = bring(Form.MAILDIR, folder);
        assertEquals(
                List.of(
                        "sobre.archive: it is not what an export writes; names and numbers are taken"
                                + " from the files",
                        "cur/2.short,S=100,W=102:2,: it has 10 octets, not the 102 it was written"
                                + " with",
                        "cur/3.nul:2,: it has NUL octets, which no mail may have",
                        "cur/4.garbage:2,: it is no mail: it does not begin with a header field",
                        "cur/5.large:2,: it is larger than 100000 octets",
                        "cur/6.folder: it is no file",
                        "cur/7.empty:2,: it is no mail: it does not begin with a header field",
                        "cur/8.link: it is no file"),
                watched.passedOver);
        assertEquals(8, summary.passedOver());
        assertEquals(2, summary.messages());
        assertEquals(2, house.messages(house.inbox()).size());
    }

    @Test
    void mboxOfThunderbird() throws IOException {
        String first =
                """
                From - Thu Feb 29 12:34:56 2024
                X-Mozilla-Status: 0005
                X-Mozilla-Status2: 00000000
                X-Mozilla-Keys: $label1 later
                Subject: one

                >From the beginning
                From here on

                From Ann with love
                >>From twice

                """;
        String second =
                """
                From - Fri Mar 01 00:00:00 2024
                X-Mozilla-Status: 0000
                Subject: two
                Status: not folded
                 but this is

                the end
                """;
        put("Inbox", first + second);
        put("Inbox.msf", "an index");
        put("Lists.sbd/News", "From - Fri Mar 01 00:00:00 2024\r\nA: crlf\r\n\r\nx\r\n\r\n");
        put("empty", "");
        put("prefs.js", "user_pref();");
        assertEquals(3, bring(Form.MBOX, folder).messages());
        assertEquals(
                List.of(
                        "prefs.js: it is no mbox file: it does not begin with `From `",
                        "Inbox: the line at octet 161 begins with `From ` but has no date, so it is"
                                + " taken as text"),
                watched.passedOver);
        assertEquals(
                List.of(
                        "Subject: one\r\n\r\nFrom the beginning\r\nFrom here on\r\n\r\nFrom Ann with"
                                + " love\r\n>From twice\r\n",
                        "Subject: two\r\n\r\nthe end\r\n"),
                house.texts("INBOX"));
        assertEquals(
                List.of(
                        Flags.parse(List.of("\\Seen", "\\Flagged", "$label1", "later")),
                        Flags.NONE),
                flags("INBOX"));
        assertEquals(
                Instant.parse("2024-02-29T12:34:56Z"),
                house.messages(house.inbox()).getFirst().internalDate());
        assertEquals(List.of("A: crlf\r\n\r\nx\r\n"), house.texts("Lists/News"));
        assertEquals(List.of(), house.texts("empty"));
    }

    @Test
    void mboxOfDovecotAndMutt() throws IOException {
        Path file =
                put(
                        "mbox",
                        """
                        From MAILER-DAEMON Thu Feb 29 12:34:56 2024
                        X-IMAPbase: 1500000000 0000000020 kw
                        X-UID: 4
                        Status: RO
                        X-Status: AT
                        X-Keywords: kw other
                        Content-Length: 99
                        Subject: one

                        From bob@example.org  Thu Feb 29 12:34:56 PST 2024 +0100
                        X-UID: 20
                        Status: O
                        Subject: two

                        """);
        assertEquals(2, bring(Form.MBOX, file).messages());
        assertEquals(List.of(4L, 20L), uids("mbox"));
        assertEquals(1_500_000_000, house.store().state(house.mailbox("mbox")).uidValidity());
        assertEquals(21, house.store().state(house.mailbox("mbox")).uidNext());
        assertEquals(List.of("Subject: one\r\n", "Subject: two\r\n"), house.texts("mbox"));
        assertEquals(
                Flags.parse(List.of("\\Seen", "\\Answered", "\\Draft", "kw", "other")),
                flags("mbox").getFirst());
    }

    @Test
    void mboxOfGmail() throws IOException {
        Path file =
                put(
                        "All mail.mbox",
                        """
                        From 179@xxx Thu Feb 29 12:34:56 +0000 2024
                        X-GM-THRID: 179
                        X-Gmail-Labels: Inbox,Starred
                        Subject: one

                        x

                        From 180@xxx Thu Feb 29 12:34:56 +0000 2024
                        X-Gmail-Labels: Inbox,Unread
                        Subject: two

                        """);
        bring(Form.MBOX, file);
        assertEquals(List.of(Flags.of(Flag.SEEN, Flag.FLAGGED), Flags.NONE), flags("All mail"));
        assertTrue(house.texts("All mail").getFirst().startsWith("X-GM-THRID: 179\r\n"));
    }

    @Test
    void damagedMbox() throws IOException {
        put(
                "Inbox",
                "junk\n\nFrom - Thu Feb 29 12:34:56 2024\nA: one\n\n\nFrom \n\nFrom - Thu Feb 29"
                        + " 12:34:56 2024\nA: nul\n\n\0\n\nFrom - Thu Feb 29 12:34:56 2024\nA: cut");
        var summary = bring(Form.MBOX, folder.resolve("Inbox"));
        assertEquals(
                List.of(
                        "Inbox: its first 6 octets belong to no message",
                        "Inbox: the line at octet 47 begins with `From ` but has no date, so it is"
                                + " taken as text",
                        "Inbox, message 2 at octet 54: it has NUL octets, which no mail may have"),
                watched.passedOver);
        assertEquals(2, summary.messages());
        assertEquals(List.of("A: one\r\n\r\n\r\nFrom \r\n", "A: cut"), house.texts("INBOX"));
    }

    @Test
    void whatDoesNotFitTheQuotaIsNamed() throws IOException {
        for (int i = 0; i < 5; i++) put("cur/" + i + ".a:2,", "A: " + i + "\n\n");
        var quota = new AccountChange.Limit(new Quota(0, 3));
        house.store().accounts().change(house.ann().id(), List.of(quota));
        assertEquals(3, bring(Form.MAILDIR, folder).messages());
        assertEquals(
                List.of(
                        "cur/3.a:2,: there is no room for this in the mailbox",
                        "cur/4.a:2,: there is no room for this in the mailbox"),
                watched.passedOver);
    }

    @Test
    void whatWasDeletedSinceStaysDeleted() throws IOException {
        put("cur/1.a:2,T", "A: 1\n\n");
        put("cur/2.a:2,", "A: 2\n\n");
        bring(Form.MAILDIR, folder);
        house.store().expunge(house.inbox(), UidSet.ALL);
        var again = bring(Form.MAILDIR, folder);
        assertEquals(1, again.deleted());
        assertEquals(1, again.there());
        assertEquals(List.of("A: 2\r\n\r\n"), house.texts("INBOX"));
    }

    @Test
    void keywordsThatCantBeKeptHoldNobodyUp() throws IOException {
        var many = new StringBuilder("From x Thu Feb 29 12:34:56 2024\nX-Keywords:");
        for (int i = 0; i < 70; i++) many.append(" k").append(i);
        many.append("\nStatus: RO\nA: many\n\nFrom x Thu Feb 29 12:34:56 2024\nX-Keywords: good ");
        many.append("x".repeat(101)).append(" (bad) \u00e4\nA: odd\n\n");
        assertEquals(2, bring(Form.MBOX, put("box", many.toString())).messages());
        assertEquals(List.of(Flags.SEEN, Flags.parse(List.of("good"))), flags("box"));
        assertEquals(
                List.of(
                        "box, message 1 at octet 0: its keywords stay behind, for a message can have"
                                + " 64 keywords"),
                watched.notes);
    }

    @Test
    void equalMessagesAreAsManyAsThereWere() throws IOException {
        for (int i = 0; i < 200; i++) put("cur/" + i + ".a:2,", "A: same\n\n");
        assertEquals(200, bring(Form.MAILDIR, folder).messages());
        assertEquals(200, bring(Form.MAILDIR, folder).there());
        assertEquals(200, house.messages(house.inbox()).size());
    }
}
