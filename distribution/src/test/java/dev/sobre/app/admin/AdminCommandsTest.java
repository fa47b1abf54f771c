package dev.sobre.app.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.line.sasl.PasswordHash;
import dev.sobre.mail.Account;
import dev.sobre.mail.AppPassword;
import dev.sobre.mail.Quota;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The administrators' commands on a store, wherever they are called from. */
class AdminCommandsTest {

    private final MemoryStore store = MemoryStore.empty();
    private final Office office = new Office("example.org", store, Optional.empty());

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
                run(
                        caller,
                        "account",
                        "add",
                        "Ann",
                        "--alias",
                        "a@example.org",
                        "--password-stdin"));
        assertEquals("added ann@example.org\n", caller.printed());
        assertTrue(PasswordHash.verify(hashOf("a@example.org"), "first-secret"));

        assertEquals(
                0,
                run(
                        ScriptedCaller.answering("other-secret", "other-secret"),
                        "account",
                        "passwd",
                        "ann@example.org"));
        assertTrue(PasswordHash.verify(hashOf("ann@example.org"), "other-secret"));

        var list = ScriptedCaller.answering();
        assertEquals(0, run(list, "account", "list", "--json"));
        assertEquals(
                "[{\"address\":\"ann@example.org\",\"name\":\"\",\"aliases\":[\"a@example.org\"],"
                        + "\"catchAlls\":[],"
                        + "\"administrator\":false,\"disabled\":false,\"quotaOctets\":0,"
                        + "\"quotaMessages\":0,\"switchedOff\":[]}]\n",
                list.printed());

        assertEquals(1, run(ScriptedCaller.answering("no"), "account", "remove", "ann"));
        assertEquals(0, run(ScriptedCaller.answering("yes"), "account", "remove", "ann"));
        assertEquals(List.of(), store.accounts().list());
    }

    private String done(String... words) throws IOException {
        var caller = ScriptedCaller.with("long-enough\n");
        assertEquals(0, run(caller, words), caller.complained());
        return caller.printed();
    }

    private Account ann() {
        return store.accounts().find("ann@example.org").orElseThrow();
    }

    @Test
    void everyFieldIsSetAndShown() throws IOException {
        done(
                "account add ann --password-stdin --name Ann --quota 10G --catch-all example.org"
                        .split(" "));
        assertEquals(new Quota(10L << 30, 0), ann().quota());
        assertEquals(List.of("ann@example.org", "@example.org"), ann().addresses());
        assertEquals("ann@example.org, Ann, catch-all of example.org\n", done("account", "list"));
        assertTrue(done("account", "show", "ann").contains("none\ncatch-all of  example.org\n"));
        String shown = done("account", "show", "ann", "--json");
        assertTrue(shown.contains("\"aliases\":[],\"catchAlls\":[\"example.org\"],"), shown);
        done(
                ("account set ann --add-alias a --add-alias b --no-catch-all @example.org --admin"
                                + " --quota-messages 1000 --switch-off idle --switch-off binary")
                        .split(" "));
        assertEquals(
                """
                address       ann@example.org
                name          Ann
                also          a@example.org, b@example.org
                catch-all of  none
                administrator yes
                disabled      no
                holds         0 octets of 10 GiB
                messages      0 of 1000
                switched off  BINARY, IDLE
                """,
                done("account", "show", "b"));
        done(
                "account change ann --remove-alias a --no-admin --name= --quota 0 --switch-on IDLE"
                        .split(" "));
        assertEquals(
                "{\"address\":\"ann@example.org\",\"name\":\"\",\"aliases\":[\"b@example.org\"],"
                        + "\"catchAlls\":[],"
                        + "\"administrator\":false,\"disabled\":false,\"quotaOctets\":0,"
                        + "\"quotaMessages\":1000,\"switchedOff\":[\"BINARY\"],\"octets\":0,"
                        + "\"messages\":0,\"appPasswords\":[]}\n",
                done("account", "show", "--json", "ann"));
        refuses("say what is to change", "", "account", "set", "ann");
        refuses(
                "no capability is named IDLES",
                "",
                "account",
                "set",
                "ann",
                "--switch-off",
                "IDLES");
        refuses("is the login name", "", "account", "set", "ann", "--remove-alias", "ann");
        refuses("not an address of this server", "", "account", "set", "ann", "--catch-all", "b.c");
        var odd = ScriptedCaller.answering();
        refuses("write it like 10G", odd, 2, "account", "set", "ann", "--quota", "much");
        var many = ScriptedCaller.answering();
        refuses("no whole number", many, 2, "account", "set", "ann", "--quota-messages", "x");
    }

    @Test
    void aDisabledAccountIsEnabledAgain() throws IOException {
        done("account", "add", "ann", "--password-stdin");
        done("account", "disable", "ann");
        assertTrue(ann().disabled());
        assertEquals("ann@example.org (disabled)\n", done("account", "list"));
        done("account", "enable", "ann");
        assertFalse(ann().disabled());
    }

    @Test
    void appPasswordsComeAndGo() throws IOException {
        done("account", "add", "ann", "--password-stdin");
        assertEquals("there are none\n", done("account", "app-password", "list", "ann"));
        String added = done("account app-password add ann phone --expires 30d".split(" "));
        String text = added.lines().skip(1).findFirst().orElseThrow().substring(9);
        var ring = store.accounts().appPasswords().find(ann().id()).orElseThrow();
        var found = ring.match(ring.salt().keys(text), Instant.now());
        assertEquals(Optional.of("phone"), found.map(AppPassword::name));
        String today = LocalDate.now(ZoneOffset.UTC).toString().substring(0, 8);
        String listed = done("account", "app-password", "list", "ann");
        assertTrue(listed.startsWith("phone, made " + today), listed);
        assertTrue(listed.endsWith(", never used\n"), listed);
        assertTrue(done("account", "show", "ann").endsWith("app password  " + listed));
        assertFalse(done("account", "show", "ann", "--json").contains(text));
        refuses("already", "", "account", "app-password", "add", "ann", "phone");
        refuses(
                "not in the future",
                "",
                "account app-password add ann x --expires 2020-01-01".split(" "));
        refuses("neither days", "", "account app-password add ann x --expires soon".split(" "));
        done("account", "app-password", "revoke", "ann", "phone");
        refuses("has no app password", "", "account", "app-password", "revoke", "ann", "phone");
    }

    @Test
    void theGroupsOldNameIsKnown() throws IOException {
        done("user", "add", "ann", "--password-stdin");
        assertEquals("ann@example.org\n", done("user", "list"));
    }

    @Test
    void aGeneratedPasswordIsPrintedOnce() throws IOException {
        var caller = ScriptedCaller.answering();
        assertEquals(0, run(caller, "account", "add", "--generate", "--admin", "ann@example.org"));
        String password = caller.printed().lines().skip(1).findFirst().orElseThrow().substring(9);
        assertTrue(PasswordHash.verify(hashOf("ann@example.org"), password), password);
        assertTrue(store.accounts().find("ann@example.org").orElseThrow().administrator());
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        refuses(
                "not an address of this server",
                "x\n",
                "account",
                "add",
                "--password-stdin",
                "a@b.c");
        refuses(
                "is not a mail address",
                "x\n",
                "account",
                "add",
                "--password-stdin",
                "a b@example.org");
        refuses("at least 8 characters", "x\n", "account", "add", "--password-stdin", "ann");
        refuses("no account nobody@example.org", "", "account", "passwd", "nobody");
        refuses("no server runs", "", "status");
        assertEquals(
                0,
                run(
                        ScriptedCaller.with("long-enough\n"),
                        "account",
                        "add",
                        "--password-stdin",
                        "ann"));
        refuses(
                "ann@example.org is taken",
                "long-enough\n",
                "account",
                "add",
                "--password-stdin",
                "ann");
        refuses(
                "the two passwords differ",
                ScriptedCaller.answering("long-enough", "not-the-same"),
                1,
                "account",
                "passwd",
                "ann");
        refuses("no answer", ScriptedCaller.answering(), 1, "account", "passwd", "ann");
        refuses("Unknown option", ScriptedCaller.answering(), 2, "account", "add", "--fast", "ann");
        refuses("Missing required parameter", ScriptedCaller.answering(), 2, "account", "add");
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
        assertEquals(1, run(caller, "account", "import", "accounts"));
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
                        "account add",
                        "account set",
                        "account passwd",
                        "account disable",
                        "account enable",
                        "account show",
                        "account app-password add",
                        "account app-password list",
                        "account app-password revoke",
                        "account remove",
                        "account list",
                        "account import",
                        "status",
                        "sessions")) {
            var caller = ScriptedCaller.answering();
            String[] split = (words + " --help").split(" ");
            assertEquals(0, run(caller, split));
            assertTrue(caller.printed().contains("Example: "), caller.printed());
        }
    }
}
