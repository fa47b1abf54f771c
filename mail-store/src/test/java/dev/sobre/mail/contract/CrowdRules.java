package dev.sobre.mail.contract;

import static dev.sobre.mail.contract.StoreUnderTest.delivery;

import dev.sobre.mail.Flag;
import dev.sobre.mail.FlagChange;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two hundred sessions on one mailbox do everything at once. */
interface CrowdRules extends StoreUnderTest {

    int SESSIONS = 200;
    int REQUESTS = 15;

    @Test
    default void manySessionsAreToldWhatOneAfterAnotherWouldBe() throws Exception {
        MailboxId mailbox = inbox();
        MailboxId elsewhere = mailbox("Archive");
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Answer>>> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                var random = new Random(i);
                sessions.add(threads.submit(() -> session(mailbox, elsewhere, random)));
            }
            for (var session : sessions) answers.addAll(session.get(60, TimeUnit.SECONDS));
        }
        var plain = new OneByOne();
        plain.explain(answers);
        plain.isNow(store().index(mailbox));
    }

    private List<Answer> session(MailboxId mailbox, MailboxId elsewhere, Random random) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            var uids = some(store().index(mailbox), random);
            answers.add(
                    switch (random.nextInt(10)) {
                        case 0, 1, 2 -> append(mailbox, random);
                        case 3, 4, 5, 6 -> flags(mailbox, uids, random);
                        case 7 -> new Answer.ToExpunge(uids, store().expunge(mailbox, uids));
                        case 8 ->
                                new Answer.ToCopy(
                                        uids, store().copy(mailbox, uids, mailbox, false));
                        default ->
                                new Answer.ToMove(
                                        uids, store().copy(mailbox, uids, elsewhere, true));
                    });
        }
        return answers;
    }

    private Answer append(MailboxId mailbox, Random random) {
        Flag[] flags = random.nextBoolean() ? new Flag[] {Flag.DELETED} : new Flag[0];
        var mails = List.of(delivery("one", flags), delivery("two", flags));
        return new Answer.ToAppend(Flags.of(flags), store().append(mailbox, mails));
    }

    private Answer flags(MailboxId mailbox, UidSet uids, Random random) {
        var kinds = List.of(FlagChange.Kind.values());
        var flags = List.of(Flags.SEEN, Flags.DELETED, Flags.of(0, List.of("$Forwarded")));
        var change = new FlagChange(kinds.get(random.nextInt(3)), flags.get(random.nextInt(3)));
        long since = random.nextBoolean() ? Long.MAX_VALUE : store().state(mailbox).highestModSeq();
        return new Answer.ToStore(uids, change, since, store().store(mailbox, uids, change, since));
    }

    /** Few of the oldest, so that many sessions want the same ones. */
    private static UidSet some(MailboxIndex index, Random random) {
        List<Long> some = new ArrayList<>();
        for (int i = 0; i < 3 && index.size() > 0; i++) {
            some.add(index.uid(random.nextInt(Math.min(index.size(), 20))));
        }
        return UidSet.of(some);
    }
}
