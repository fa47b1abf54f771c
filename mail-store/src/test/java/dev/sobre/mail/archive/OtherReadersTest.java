package dev.sobre.mail.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sobre.mail.Flags;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports, as Python's {@code mailbox} module and mbsync read them. */
class OtherReadersTest {

    private static final String PYTHON = "python3";
    private static final String SHOW =
            """
            def show(name, box):
                print(name)
                for m in sorted(box, key=lambda m: m['Subject']):
                    body = m.get_payload().replace('\\n', '|')
                    print(' ', m['Subject'], ''.join(sorted(m.get_flags())), m.get_from()[-24:]
                          if hasattr(m, 'get_from') else int(m.get_date()), body)
            """;

    @TempDir Path folder;

    private final Household house = new Household(MemoryStore.empty());

    @BeforeEach
    void needsPython() throws InterruptedException {
        boolean there = isThere();
        assumeTrue(there || System.getenv("CI") != null, "python3 is not installed");
        assertTrue(there, "CI needs python3");
        var flags = Flags.parse(List.of("\\Seen", "\\Flagged", "\\Answered", "kw"));
        house.append(house.inbox(), "Subject: one\r\n\r\nHello\r\n", flags);
        house.append(house.inbox(), "Subject: two\r\n\r\nno end");
        house.append(house.create("Lists/Entwürfe"), "Subject: three\r\n\r\n\r\nFrom x\r\n");
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import mailbox").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String python(Form form, String script) throws IOException, InterruptedException {
        new Export(house.store(), house.ann(), form, folder, Optional.empty(), true)
                .run(new Watched());
        var python =
                new ProcessBuilder(PYTHON, "-c", "import mailbox, sys\n" + SHOW + script)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        python.getOutputStream().close();
        String said = new String(python.getInputStream().readAllBytes(), US_ASCII);
        assertEquals(0, python.waitFor(), said);
        return said;
    }

    @Test
    void maildir() throws Exception {
        String said =
                python(
                        Form.MAILDIR,
                        """
                        top = mailbox.Maildir('.', create=False)
                        show('INBOX', top)
                        print(sorted(top.list_folders()))
                        show('sub', top.get_folder('Lists.Entw&APw-rfe'))
                        """);
        assertEquals(
                """
                INBOX
                  one FRSa 1709210096 Hello|
                  two  1709210096 no end
                ['Archive', 'Drafts', 'Junk', 'Lists', 'Lists.Entw&APw-rfe', 'Sent', 'Trash']
                sub
                  three  1709210096 |From x|
                """,
                said);
    }

    @Test
    void mbox() throws Exception {
        String said =
                python(
                        Form.MBOX,
                        """
                        show('INBOX', mailbox.mbox('INBOX', create=False))
                        show('sub', mailbox.mbox('Lists.sbd/Entw&APw-rfe', create=False))
                        """);
        assertEquals(
                """
                INBOX
                  one AFOR Thu Feb 29 12:34:56 2024 Hello|
                  two O Thu Feb 29 12:34:56 2024 no end|
                sub
                  three O Thu Feb 29 12:34:56 2024 |>From x|
                """,
                said);
    }

    /** What mbsync makes of an export is imported as what was exported. */
    @Test
    void mbsync() throws Exception {
        boolean there = Files.isExecutable(Path.of("/usr/bin/mbsync"));
        assumeTrue(there || System.getenv("CI") != null, "mbsync is not installed");
        assertTrue(there, "CI needs mbsync");
        Path from = folder.resolve("from");
        Path to = Files.createDirectory(folder.resolve("to"));
        new Export(house.store(), house.ann(), Form.MAILDIR, from, Optional.empty(), false)
                .run(new Watched());
        Path settings =
                Files.writeString(
                        folder.resolve("mbsyncrc"),
                        """
                        MaildirStore from
                        Inbox %s
                        SubFolders Maildir++

                        MaildirStore to
                        Path %s/
                        Inbox %s/INBOX
                        SubFolders Verbatim

                        Channel all
                        Far :from:
                        Near :to:
                        Patterns *
                        Create Near
                        Sync Pull
                        CopyArrivalDate yes
                        SyncState *
                        """
                                .formatted(from, to, to));
        var mbsync =
                new ProcessBuilder("/usr/bin/mbsync", "-c", settings.toString(), "-a")
                        .redirectErrorStream(true)
                        .start();
        mbsync.getOutputStream().close();
        String said = new String(mbsync.getInputStream().readAllBytes(), US_ASCII);
        assertEquals(0, mbsync.waitFor(), said);
        var other = new Household(MemoryStore.empty());
        new Import(other.store(), other.ann(), Form.MAILDIR, to, Optional.empty(), 1 << 20, false)
                .run(new Watched());
        var inbox = other.messages(other.inbox());
        assertEquals(2, inbox.size());
        var one = inbox.stream().filter(m -> m.preview().equals("Hello")).findFirst().orElseThrow();
        assertEquals(Flags.parse(List.of("\\Seen", "\\Flagged", "\\Answered")), one.flags());
        assertEquals(Household.DATE.getEpochSecond(), one.internalDate().getEpochSecond());
        assertEquals(1, other.messages(other.mailbox("Lists/Entwürfe")).size());
    }
}
