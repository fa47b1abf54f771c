package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.BytesInput;
import dev.sobre.imap.wire.CommandLimits;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the octets: a command is read whole, or it is a BadMessage, and nothing else. */
class CommandFuzzTest {

    private static final List<String> SEEDS =
            List.of(
                    "a LOGIN {3+}\r\nann {6}\r\nsecret\r\n",
                    "a AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=\r\n",
                    "a SELECT \"Entw&APw-rfe\"\r\n",
                    "a CREATE x (USE (\\Sent))\r\n",
                    "a LIST (SPECIAL-USE) \"\" \"%*\" RETURN (SPECIAL-USE)\r\n",
                    "a STATUS INBOX (MESSAGES UNSEEN)\r\n",
                    "a APPEND INBOX (\\Seen $x) \"17-Jul-1996 02:44:25 -0700\" {3+}\r\nabc\r\n",
                    "a UID EXPUNGE 3:5,*\r\n",
                    "a UID SEARCH CHARSET UTF-8 OR (FROM x NOT TEXT \"y\") (1:3 UID 4) LARGER 5\r\n",
                    "a SEARCH SENTSINCE 1-Feb-1994 HEADER X-A {2+}\r\nbc KEYWORD $w BEFORE \"2-Mar-1999\"\r\n",
                    "a FETCH 1:* (FLAGS BODY.PEEK[1.2.HEADER.FIELDS (A B)]<0.10> RFC822.SIZE)\r\n",
                    "a FETCH 1 FULL\r\n",
                    "a STORE 1,2 +FLAGS.SILENT (\\Deleted \\Seen)\r\n",
                    "a UID MOVE 1:5 Trash\r\n",
                    "a ID (\"name\" \"x\" \"version\" NIL)\r\n",
                    "a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (INBOX \"a*\") RETURN (CHILDREN MYRIGHTS"
                            + " STATUS (MESSAGES SIZE) METADATA (/shared/comment))\r\n",
                    "a SETACL INBOX ann +lrd\r\n",
                    "a SETQUOTA \"x\" (STORAGE 5 MESSAGE 6)\r\n",
                    "a GETMETADATA INBOX (DEPTH 1 MAXSIZE 7) (/private/x \"/shared/y\")\r\n",
                    "a SETMETADATA INBOX (/private/x NIL /shared/y ~{3+}\r\na\0b)\r\n",
                    "a NOTIFY SET STATUS (selected (MessageNew (UID BODY[HEADER]) MessageExpunge))"
                            + " (subtree (a b) (MailboxName)) (personal NONE)\r\n",
                    "a ENABLE CONDSTORE\r\n",
                    "a SELECT x (CONDSTORE QRESYNC (7 9 1:5,8 (1,3 5,8)))\r\n",
                    "a UID FETCH 1:* (FLAGS MODSEQ) (CHANGEDSINCE 9 VANISHED)\r\n",
                    "a FETCH 1 (PREVIEW (LAZY) EMAILID SAVEDATE)\r\n",
                    "a FETCH 1 (BINARY.PEEK[1]<0.5> BINARY.SIZE[2.1])\r\n",
                    "a APPEND x CATENATE (URL \"/x/;UID=1\")\r\n",
                    "a UID REPLACE 4 x () ~{3+}\r\n",
                    "a UID FETCH 1:* (UID) (PARTIAL -1:-100 CHANGEDSINCE 7)\r\n",
                    "a APPEND x UTF8 (~{3+}\r\n",
                    "a STORE 1 (UNCHANGEDSINCE 9) -FLAGS \\Seen\r\n",
                    "a SEARCH MODSEQ \"/flags/\\\\draft\" all 620162338\r\n");

    private static final String PIECES = " ()[]{}<>\"\\*%+-.,:\r\n\0aZ019&=\u00fc";
    private static final CommandLimits LIMITS = new CommandLimits(4096, 4096, 4096);

    @Test
    void seedsAreCommands() throws Exception {
        for (String seed : SEEDS) assertEquals("read", read(seed), seed);
    }

    @Test
    void anythingElseIsABadMessage() throws Exception {
        var random = new Random(9051);
        for (int i = 0; i < 60_000; i++) {
            String text = SEEDS.get(i % SEEDS.size());
            for (int n = 1 + random.nextInt(4); n > 0; n--) text = mutated(text, random);
            read(text);
        }
    }

    /** LESSONS 4: nesting is bounded, in time and in stack. */
    @Test
    void nestingIsBounded() {
        var deep = "a SEARCH " + "(".repeat(1_000_000) + "ALL" + ")".repeat(1_000_000) + "\r\n";
        var not = "a SEARCH " + "NOT ".repeat(1_000_000) + "ALL\r\n";
        var fetch = "a FETCH 1 " + "(".repeat(1_000_000) + "FLAGS\r\n";
        for (String text : List.of(deep, not, fetch)) {
            assertThrows(BadMessage.class, () -> parse(text));
        }
    }

    private static String read(String text) throws IOException {
        try {
            parse(text);
            return "read";
        } catch (BadMessage e) {
            return "bad";
        } catch (EOFException e) {
            return "waiting for more";
        }
    }

    private static void parse(String text) throws IOException, BadMessage {
        var in = BytesInput.reader(text.getBytes(ISO_8859_1), LIMITS);
        CommandSyntax.read(in);
    }

    private static String mutated(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        String head = text.substring(0, at);
        String tail = text.substring(Math.min(text.length(), at + random.nextInt(3)));
        String piece =
                switch (random.nextInt(4)) {
                    case 0 -> "";
                    case 1 -> SEEDS.get(random.nextInt(SEEDS.size())).substring(2);
                    default -> "" + PIECES.charAt(random.nextInt(PIECES.length()));
                };
        return head + piece + tail;
    }
}
