package dev.sobre.app.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.sasl.PasswordHash;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The administrators' commands on a store, wherever they are called from. */
class AdminCommandsTest {

    private final MemoryStore store = MemoryStore.empty();
    private final Office office = new Office("example.org", store.accounts(), Optional.empty());

    private int run(Caller caller, String... words) throws IOException {
        return AdminCommands.run(List.of(words), office, caller);
    }

    private String hashOf(String address) {
        var account = store.accounts().find(address).orElseThrow();
        return store.accounts().passwordHash(account.id()).orElseThrow();
    }

    @Test
    void addsListsChangesAndRemoves() throws IOException {
        var caller = ScriptedCaller.with("first-secret\n");
        assertEquals(
                0,
                run(caller, "user", "add", "Ann", "--alias", "a@example.org", "--password-stdin"));
        assertEquals("added ann@example.org\n", caller.printed());
        assertTrue(PasswordHash.verify(hashOf("a@example.org"), "first-secret"));

        assertEquals(
                0,
                run(
                        ScriptedCaller.answering("other-secret", "other-secret"),
                        "user",
                        "passwd",
                        "ann@example.org"));
        assertTrue(PasswordHash.verify(hashOf("ann@example.org"), "other-secret"));

        var list = ScriptedCaller.answering();
        assertEquals(0, run(list, "user", "list", "--json"));
        assertEquals(
                "[{\"address\":\"ann@example.org\",\"aliases\":[\"a@example.org\"],"
                        + "\"administrator\":false}]\n",
                list.printed());

        assertEquals(1, run(ScriptedCaller.answering("no"), "user", "remove", "ann"));
        assertEquals(0, run(ScriptedCaller.answering("yes"), "user", "remove", "ann"));
        assertEquals(List.of(), store.accounts().list());
    }

    @Test
    void aGeneratedPasswordIsPrintedOnce() throws IOException {
        var caller = ScriptedCaller.answering();
        assertEquals(0, run(caller, "user", "add", "--generate", "--admin", "ann@example.org"));
        String password = caller.printed().lines().skip(1).findFirst().orElseThrow().substring(9);
        assertTrue(PasswordHash.verify(hashOf("ann@example.org"), password), password);
        assertTrue(store.accounts().find("ann@example.org").orElseThrow().administrator());
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        refuses("not an address of this server", "x\n", "user", "add", "--password-stdin", "a@b.c");
        refuses(
                "is not a mail address",
                "x\n",
                "user",
                "add",
                "--password-stdin",
                "a b@example.org");
        refuses("at least 8 characters", "x\n", "user", "add", "--password-stdin", "ann");
        refuses("no account nobody@example.org", "", "user", "passwd", "nobody");
        refuses("no server runs", "", "status");
        assertEquals(
                0,
                run(
                        ScriptedCaller.with("long-enough\n"),
                        "user",
                        "add",
                        "--password-stdin",
                        "ann"));
        refuses(
                "ann@example.org is taken",
                "long-enough\n",
                "user",
                "add",
                "--password-stdin",
                "ann");
        refuses(
                "the two passwords differ",
                ScriptedCaller.answering("long-enough", "not-the-same"),
                1,
                "user",
                "passwd",
                "ann");
        refuses("no answer", ScriptedCaller.answering(), 1, "user", "passwd", "ann");
        refuses("Unknown option", ScriptedCaller.answering(), 2, "user", "add", "--fast", "ann");
        refuses("Missing required parameter", ScriptedCaller.answering(), 2, "user", "add");
    }

    private void refuses(String why, String input, String... words) throws IOException {
        refuses(why, ScriptedCaller.with(input), 1, words);
    }

    private void refuses(String why, ScriptedCaller caller, int code, String... words)
            throws IOException {
        assertEquals(code, run(caller, words), caller.complained());
        assertTrue(caller.complained().contains(why), caller.complained());
    }

    @Test
    void importsWhatItCanReadAndNumbersTheRest() throws IOException {
        String sha =
                "$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/";
        var caller =
                ScriptedCaller.with(
                        """
                        # comment

                        plain@example.org:pass:word
                        sha@example.org:{SHA512-CRYPT}%s:1000:1000::/home
                        marked@example.org:{PLAIN}marked-secret
                        no colon here
                        plain@example.org:again
                        b@elsewhere.example:secret
                        odd@example.org:{CRAM-MD5}abc
                        """
                                .formatted(sha)
                                .replace("\n", "\r\n"));
        assertEquals(1, run(caller, "user", "import", "accounts"));
        String said = caller.printed();
        assertTrue(said.contains("line 6 not taken: there is no colon"), said);
        assertTrue(said.contains("line 7 not taken: "), said);
        assertTrue(said.contains("line 8 not taken: b@elsewhere.example is not an address"), said);
        assertTrue(said.contains("line 9 not taken: password scheme {CRAM-MD5}"), said);
        assertTrue(said.endsWith("3 accounts added, 4 lines not taken\n"), said);
        assertEquals("{SHA512-CRYPT}" + sha, hashOf("sha@example.org"));
        assertTrue(PasswordHash.verify(hashOf("plain@example.org"), "pass:word"));
        assertTrue(hashOf("marked@example.org").startsWith("$argon2id$"));
        assertFalse(said.contains("again"), "no password is repeated");
    }

    @Test
    void eachCommandHasHelpWithAnExample() throws IOException {
        for (String words :
                List.of(
                        "user add",
                        "user passwd",
                        "user remove",
                        "user list",
                        "user import",
                        "status",
                        "sessions")) {
            var caller = ScriptedCaller.answering();
            String[] split = (words + " --help").split(" ");
            assertEquals(0, run(caller, split));
            assertTrue(caller.printed().contains("Example: "), caller.printed());
        }
    }
}
