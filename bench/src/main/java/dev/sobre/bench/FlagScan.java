package dev.sobre.bench;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads UID and flags of all messages of a mailbox from its packed index. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx256m",
            "--sun-misc-unsafe-memory-access=allow" // JMH itself asks for it
        })
public class FlagScan {

    @Param("5000")
    public int messages = 5000;

    private final MailStore store = MemoryStore.with("ann@example.org", "secret");
    private MailboxId inbox = new MailboxId(new AccountId(0), 0);

    @Setup
    public void fill() {
        var ann = store.accounts().find("ann@example.org").orElseThrow();
        inbox = store.find(ann.id(), "INBOX").orElseThrow().id();
        byte[] text = "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        List<Delivery> mails = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            var flags = i % 3 == 0 ? Flags.SEEN : Flags.NONE;
            var body = BlobSource.Bytes.of(text);
            mails.add(new Delivery(DeliveryId.random(), body, flags, Instant.EPOCH));
        }
        store.append(inbox, mails);
    }

    /** By position, as FETCH 1:* (UID FLAGS) does. */
    @Benchmark
    public long all() {
        MailboxIndex index = store.index(inbox);
        long sum = 0;
        for (int at = 0; at < index.size(); at++) {
            sum += index.uid(at);
            if (index.flags(at).has(Flag.SEEN)) sum++;
        }
        return sum;
    }

    /** By a set of UIDs, as SEARCH does. */
    @Benchmark
    public long bySet() {
        MailboxIndex index = store.index(inbox);
        long seen = 0;
        for (var at = index.positions(UidSet.ALL); at.hasNext(); ) {
            if (index.flags(at.nextInt()).has(Flag.SEEN)) seen++;
        }
        return seen;
    }
}
