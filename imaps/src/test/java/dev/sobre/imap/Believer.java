package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.MailboxIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that believes every word it is told of INBOX, and remembers it: which message has which
 * sequence number, and which flags.
 */
final class Believer implements AutoCloseable {

    /** What it asks for at first, which decides how it is spoken to. */
    enum Kind {
        PLAIN("NOOP"),
        QRESYNC("ENABLE QRESYNC"),
        UIDONLY("ENABLE UIDONLY"),
        NOTIFY("NOTIFY SET (SELECTED (MessageNew (UID FLAGS) MessageExpunge FlagChange))"),
        DELAYED(
                "NOTIFY SET (SELECTED-DELAYED"
                        + " (MessageNew (UID FLAGS) MessageExpunge FlagChange))");

        private final String first;

        Kind(String first) {
            this.first = first;
        }

        /** RFC 5465 §5.4: who is told of an EXPUNGE at any time had better not send numbers. */
        private boolean sendsUids() {
            return this == UIDONLY || this == NOTIFY;
        }
    }

    private static final Pattern NEWS =
            Pattern.compile("\\* (\\d+) (EXPUNGE|EXISTS|FETCH|UIDFETCH)(?: \\((.*)\\))?");
    private static final Pattern VANISHED = Pattern.compile("\\* VANISHED ([\\d:,]+)");
    private static final Pattern UID = Pattern.compile("UID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\((.*?)\\)");

    private final Kind kind;
    private final TestClient client;
    private final List<Long> uids = new ArrayList<>(); // by sequence number; 0 where not asked yet
    private final List<String> flags = new ArrayList<>();
    private int exist; // with UIDONLY, where the lists have those alone that were named

    Believer(Kind kind, int port) throws IOException {
        this.kind = kind;
        this.client = new TestClient(port).loggedIn();
        ask(kind.first);
        ask("SELECT INBOX");
    }

    /** Does one of the things that clients do. */
    void something(Random random) throws IOException {
        int n = uids.isEmpty() ? 0 : 1 + random.nextInt(uids.size());
        if (n == 0 || (kind.sendsUids() && uids.get(n - 1) == 0)) {
            ask("UID FETCH 1:* (FLAGS)");
            return;
        }
        String uid = kind.sendsUids() ? "UID " : "";
        String one = uid + "% " + (kind.sendsUids() ? uids.get(n - 1) : n);
        switch (random.nextInt(8)) {
            case 0 -> ask("NOOP");
            case 1 -> ask("UID FETCH 1:* (FLAGS)");
            case 2 -> ask(one.replace("%", "STORE") + " +FLAGS (\\Answered)");
            case 3 -> {
                // What a silent STORE does is known before its news come.
                flags.set(n - 1, "\\Flagged");
                ask(one.replace("%", "STORE") + " FLAGS.SILENT (\\Flagged)");
            }
            case 4 -> search(n);
            case 5 -> ask(one.replace("%", "FETCH") + " (UID RFC822.SIZE)");
            default -> ask(one.replace("%", "FETCH") + " (UID FLAGS)");
        }
    }

    /** A number and a UID that it believes to be of one message are. */
    private void search(int n) throws IOException {
        long uid = uids.get(n - 1);
        if (uid == 0) return;
        String found = kind.sendsUids() ? "" + uid : "" + n;
        String command = kind.sendsUids() ? "UID SEARCH UID " + uid : "SEARCH " + n + " UID " + uid;
        for (String line : ask(command)) {
            if (!line.startsWith("* SEARCH")) continue;
            // It may be gone, but is no other.
            assertTrue(line.equals("* SEARCH") || line.equals("* SEARCH " + found), line);
        }
    }

    /** Sends a command and believes what comes back. */
    List<String> ask(String command) throws IOException {
        boolean numbersStay = command.matches("(FETCH|STORE|SEARCH) .*");
        List<String> lines = client.ask("t " + command);
        assertTrue(lines.getLast().matches("t (OK|NO) .*"), kind + " " + command + " " + lines);
        for (String line : lines) {
            Matcher gone = VANISHED.matcher(line);
            Matcher news = NEWS.matcher(line);
            if (gone.matches()) {
                assertFalse(numbersStay, () -> command + " was answered with " + line);
                vanish(gone.group(1));
            } else if (news.matches()) {
                int number = Integer.parseInt(news.group(1));
                switch (news.group(2)) {
                    case "EXISTS" -> exist(number);
                    case "EXPUNGE" -> {
                        assertFalse(numbersStay, () -> command + " was answered with " + line);
                        assertTrue(kind != Kind.QRESYNC && kind != Kind.UIDONLY, line);
                        forget(number - 1);
                    }
                    case "UIDFETCH" -> learnOf(number, news.group(3));
                    default -> learn(number, news.group(3));
                }
            }
        }
        return lines;
    }

    private void exist(int number) {
        if (kind == Kind.UIDONLY) {
            assertTrue(number >= exist, "messages go by VANISHED alone");
            exist = number;
            return;
        }
        assertTrue(number >= uids.size(), "messages go by EXPUNGE or VANISHED alone");
        while (uids.size() < number) {
            uids.add(0L);
            flags.add("");
        }
    }

    private void forget(int at) {
        uids.remove(at);
        flags.remove(at);
    }

    private void vanish(String set) {
        assertTrue(kind == Kind.QRESYNC || kind == Kind.UIDONLY, "VANISHED for " + kind);
        for (String range : set.split(",")) {
            String[] ends = range.split(":");
            long last = Long.parseLong(ends[ends.length - 1]);
            for (long uid = Long.parseLong(ends[0]); uid <= last; uid++) vanish(uid);
        }
    }

    private void vanish(long uid) {
        exist--;
        int at = uids.indexOf(uid);
        if (at < 0 && kind == Kind.UIDONLY) return;
        if (at < 0) {
            // It was never named: it is one of those before the next that was.
            at = uids.size();
            for (int i = uids.size() - 1; i >= 0; i--) if (uids.get(i) > uid) at = i;
            at--;
            assertEquals(0, uids.get(at), "a message that is not there vanished: " + uid);
        }
        forget(at);
    }

    /** Of a message with this sequence number. */
    private void learn(int number, String items) {
        assertTrue(kind != Kind.UIDONLY, "FETCH for " + kind);
        var uid = UID.matcher(items);
        if (uid.find()) {
            long told = Long.parseLong(uid.group(1));
            long known = uids.get(number - 1);
            assertTrue(known == 0 || known == told, number + " was " + known + ", now " + told);
            uids.set(number - 1, told);
        }
        learnFlags(number - 1, items);
    }

    /** Of a message with this UID. RFC 9586. */
    private void learnOf(long uid, String items) {
        assertEquals(Kind.UIDONLY, kind, "UIDFETCH");
        int at = Collections.binarySearch(uids, uid);
        if (at < 0) {
            at = -at - 1;
            uids.add(at, uid);
            flags.add(at, "");
        }
        learnFlags(at, items);
    }

    private void learnFlags(int at, String items) {
        var found = FLAGS.matcher(items);
        // Of several sessions one has it, and no matter which.
        if (found.find()) flags.set(at, found.group(1).replaceAll(" ?\\\\Recent", ""));
    }

    /** Asks for the last news; then it knows the mailbox. */
    void assertKnows(MailboxIndex now) throws IOException {
        ask("NOOP");
        ask("UID FETCH 1:* (FLAGS)");
        assertEquals(now.size(), kind == Kind.UIDONLY ? exist : uids.size(), kind.name());
        for (int i = 0; i < now.size(); i++) {
            assertEquals(now.uid(i), uids.get(i), kind.name());
            assertEquals(String.join(" ", now.flags(i).words()), flags.get(i), kind.name());
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
