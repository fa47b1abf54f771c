package dev.sobre.app.admin;

import static dev.sobre.mail.Terms.Notify.DELAY;
import static dev.sobre.mail.Terms.Notify.SUCCESS;
import static dev.sobre.mail.Terms.Returned.UNSAID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool;
import dev.sobre.mail.Submission;
import dev.sobre.mail.Terms;
import dev.sobre.mail.Timing;
import dev.sobre.mail.memory.MemoryStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueueCommandsTest {

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final Office office = new Office("example.org", store, Optional.empty());

    @Test
    void showsAndChangesWhatWaits() throws IOException {
        assertEquals("nothing waits to leave\n", run("queue", "list"));
        Instant later = Instant.now().plusSeconds(10_000);
        put(new Spool.Entry("bob@far.example", "far.example", later, 2, "450 not yet"));
        put(new Spool.Entry("eve@other.example", "other.example", later, 0, ""));
        String list = run("queue", "list", "@far.example");
        assertTrue(list.contains("ann@example.org to bob@far.example, 4 octets"), list);
        assertTrue(list.contains("in 2 hours; tried 2 times: 450 not yet"), list);
        assertTrue(list.endsWith("1 recipient; `relay.way` is \"off\": nothing leaves\n"), list);
        assertTrue(run("queue", "list", "--json").contains("\"to\":\"eve@other.example\""), list);
        assertEquals("1 held back\n", run("queue", "hold", "bob@far.example"));
        assertTrue(run("queue", "list").contains("held back; `queue release` lets it go"));
        String retried = run("queue", "retry", "all");
        assertTrue(retried.startsWith("1 to be tried now\n1 not: "), retried);
        String none = "nothing of that waits to leave; 2 for others\n";
        assertEquals(none, run("queue", "list", "@nowhere.example"));
        Instant next = next("eve@other.example");
        assertEquals("2 released\n", run("queue", "release", "all"));
        assertEquals(next, next("eve@other.example"), "it was not held");
        assertEquals("2 to be tried now\n", run("queue", "retry", "all"));
        String id =
                "%016x".formatted(store.spool().list(Optional.empty(), 1).getFirst().mail().high());
        assertTrue(run("queue", "show", id).contains("state       due"));
        assertEquals("1 deleted\n", run("queue", "delete", id));
        assertEquals(1, store.spool().size());
        assertTrue(run("queue", "delete", "zzzz").contains("there is no such mail in the queue"));
    }

    @Test
    void whatItsSenderWantsLaterLeavesLater() throws IOException {
        Instant later = Instant.now().plusSeconds(10_000);
        var release = new Timing.Release(later, "for;10000");
        var terms =
                Terms.standard(Instant.now())
                        .withTiming(new Timing(Optional.of(release), Optional.empty()));
        var told = terms.withWishes(Set.of(DELAY, SUCCESS), UNSAID, "QQ 1", "rfc822;a+2Bb@x");
        put(new Spool.Entry("ann@example.org", "", later, 0, "", told));
        String list = run("queue", "list", "@example.org");
        assertTrue(list.contains("in 2 hours; its sender wants it to wait until then"), list);
        assertTrue(run("queue", "list", "--json").contains("\"not-before\":\"" + later), list);
        String shown = run("queue", "show", "all");
        assertTrue(
                shown.contains(
                        "notify      SUCCESS,DELAY\nenvelope-id QQ 1\norcpt       rfc822;a"));
        assertTrue(run("queue", "retry", "all").startsWith("0 to be tried now\n1 not: "));
        assertEquals("1 held back\n", run("queue", "hold", "all"));
        assertEquals("1 released\n", run("queue", "release", "all"));
        var waiting = store.spool().list(Optional.empty(), 1).getFirst();
        assertEquals(later, waiting.entry().next());
        assertEquals("1 deleted\n", run("queue", "delete", "ann@example.org"));
    }

    @Test
    void saysWhatIsNotUnderstood() throws IOException {
        assertTrue(run("queue", "frob").startsWith("there is no command `frob` here\nUsage: "));
        assertTrue(run("explain", "a", "b", "c").startsWith("`b` is a word too many\nUsage: "));
        assertTrue(run("queue", "hold").startsWith("Missing required parameter: 'WHICH'\n"));
        assertTrue(run("queue", "list", "--frob").startsWith("Unknown option: '--frob'\n"));
    }

    private void put(Spool.Entry entry) {
        var body = BlobSource.Bytes.of(new byte[] {'t', 'e', 'x', 't'});
        store.accept(
                new Submission(
                        DeliveryId.random(),
                        "ann@example.org",
                        body,
                        Instant.now(),
                        List.of(),
                        List.of(entry)));
    }

    private Instant next(String to) {
        return store.spool().list(Optional.empty(), 9).stream()
                .map(Spool.Waiting::entry)
                .filter(entry -> entry.recipient().equals(to))
                .findFirst()
                .orElseThrow()
                .next();
    }

    private String run(String... words) throws IOException {
        var caller = ScriptedCaller.answering();
        AdminCommands.run(List.of(words), office, caller);
        return caller.printed() + caller.complained();
    }
}
