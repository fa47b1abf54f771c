package dev.sobre.mail.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can't be taken is named and passed over, and keeps nothing else out. */
class PassedOverTest extends ImportedFolder {

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
}
