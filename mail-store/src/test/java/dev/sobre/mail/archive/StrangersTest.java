package dev.sobre.mail.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Imports of what other programs wrote. */
class StrangersTest extends ImportedFolder {

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
    void equalMessagesAreAsManyAsThereWere() throws IOException {
        for (int i = 0; i < 200; i++) put("cur/" + i + ".a:2,", "A: same\n\n");
        assertEquals(200, bring(Form.MAILDIR, folder).messages());
        assertEquals(200, bring(Form.MAILDIR, folder).there());
        assertEquals(200, house.messages(house.inbox()).size());
    }
}
