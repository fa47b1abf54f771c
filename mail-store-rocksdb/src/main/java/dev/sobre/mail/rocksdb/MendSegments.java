package dev.sobre.mail.rocksdb;

import dev.sobre.mail.AccountId;
import dev.sobre.mail.Appended;
import dev.sobre.mail.Aside;
import dev.sobre.mail.BlobRef;
import dev.sobre.mail.EmailId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.MailboxIndex.Row;
import dev.sobre.mail.ThreadId;
import dev.sobre.mail.ThreadKeys;
import dev.sobre.mail.mime.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through all segments: says anew where bodies lie and what of a segment is in use, and
 * restores the messages of bodies that nothing refers to any more though nobody removed them.
 */
final class MendSegments {

    private static final Logger LOG = LoggerFactory.getLogger(MendSegments.class);
    private static final String RECOVERED = "Recovered";

    private final Mending m;
    private final Segments segments;
    private final MendNumbers numbers;
    private final Map<AccountId, MailboxId> recovered = new HashMap<>();
    private final Map<MailboxId, Ends> ends = new HashMap<>();
    private long restored;

    /** The next numbers of a mailbox that gets messages back. */
    private static final class Ends {
        private long uid;
        private long modSeq;
    }

    MendSegments(Mending mending, Segments segments, MendNumbers numbers) {
        this.m = mending;
        this.segments = segments;
        this.numbers = numbers;
    }

    void run() throws IOException {
        var all = new TreeSet<>(segments.newestFirst());
        all.addAll(segments.waiting());
        m.reads()
                .scan(
                        Keys.prefix(Keys.SEGMENT),
                        (key, _) -> {
                            if (!all.contains(Keys.last(key))) m.draft().delete(key);
                            return true;
                        });
        for (long number : all) {
            if (!m.reads().has(Keys.segment(Keys.RETIRED, number))) segment(number);
        }
        m.reads().scan(Keys.prefix(Keys.MOVED), (key, _) -> forwarding(key));
        m.draft().deleteAll(new byte[] {MendReferences.WAS_REFERRED});
        if (restored > 0) m.say(restored + " messages were restored from the segments");
    }

    private boolean forwarding(byte[] key) {
        byte[] counted = key.clone();
        counted[0] = Keys.BLOB;
        if (!m.reads().has(counted)) m.draft().delete(key);
        return true;
    }

    private void segment(long number) throws IOException {
        Path file = segments.find(number);
        long living = 0;
        boolean known = false;
        try (var walk = segments.walk(number)) {
            if (walk.isDefaced()) {
                m.say("what the beginning of " + file.getFileName() + " hides is not restored");
            }
            for (var next = walk.next(); next.isPresent(); next = walk.next()) {
                var found = next.get();
                byte[] counted = Keys.blob(found.name());
                Optional<byte[]> value = m.reads().get(counted);
                known |= value.isPresent();
                boolean lives = Counters.decode(value) != 0;
                if (lives) lives = lies(found);
                else if (isLost(found, value)) lives = restore(walk, found);
                if (lives) living += found.head().recordLength();
            }
        }
        if (living == 0 && !known) return;
        long released = Math.max(0, segments.octets(number) - SegmentFormat.FILE_HEAD - living);
        m.draft().put(Keys.segment(Keys.SEGMENT, number), Counters.encode(released));
    }

    /** Nothing refers to it, and nobody is known to have removed it. */
    private boolean isLost(SegmentScan.Found found, Optional<byte[]> counted) {
        byte[] note = Keys.blob(found.name());
        note[0] = MendReferences.WAS_REFERRED;
        return m.reads().has(note) || (counted.isEmpty() && m.lossy());
    }

    /** Whether it is here that a body lies; from now on it is, if it is not where it should. */
    private boolean lies(SegmentScan.Found found) {
        BlobRef name = found.name();
        BlobRef here = found.body();
        var now = m.entries().decode(() -> Places.now(m.reads(), name));
        if (now.equals(Optional.of(here))) return true;
        if (now.isPresent() && isAt(now.get(), name)) return false;
        place(name, here);
        m.say("a body that could not be found is in " + segments.find(here.place()).getFileName());
        return true;
    }

    private void place(BlobRef name, BlobRef here) {
        if (name.equals(here)) m.draft().delete(Keys.moved(name));
        else m.draft().put(Keys.moved(name), Places.encode(here));
    }

    private boolean isAt(BlobRef place, BlobRef name) {
        try (var walk = segments.walk(place.place())) {
            return walk.withBodyAt(place.offset()).filter(f -> f.name().equals(name)).isPresent();
        } catch (IOException e) {
            LOG.debug("not there", e);
            return false;
        }
    }

    private boolean restore(SegmentWalk walk, SegmentScan.Found found) throws IOException {
        Set<MailboxId> targets = new LinkedHashSet<>();
        for (MailboxId target : found.targets()) target(target).ifPresent(targets::add);
        if (targets.isEmpty()) return false;
        if (!walk.isWhole(found, _ -> {})) {
            m.say("a message in " + segments.find(walk.number).getFileName() + " is damaged: lost");
            return false;
        }
        Digest digest = digest(found.body());
        for (MailboxId target : targets) enter(found, target, digest);
        place(found.name(), found.body());
        restored++;
        return true;
    }

    private Digest digest(BlobRef here) throws IOException {
        var segment = segments.acquire(here.place()).orElseThrow();
        try (var body = new SegmentBody(Aside.shared(), segments, segment, here)) {
            return Digest.of(body);
        }
    }

    /** Where a message goes that came to a mailbox; nowhere if that was deleted. */
    private Optional<MailboxId> target(MailboxId mailbox) {
        if (m.reads().has(Keys.of(Keys.MAILBOX, mailbox))) return Optional.of(mailbox);
        if (m.reads().has(Keys.of(Keys.GONE, mailbox))) return Optional.empty();
        AccountId account = mailbox.account();
        if (!m.reads().has(Keys.account(account))) MendAccounts.recreate(m, account);
        return Optional.of(recovered.computeIfAbsent(account, this::makeRecovered));
    }

    private MailboxId makeRecovered(AccountId account) {
        Set<String> names = new TreeSet<>();
        m.reads()
                .scan(
                        Keys.of(Keys.MAILBOX, account),
                        (_, value) -> {
                            m.entries()
                                    .decode(() -> new ByteReader(value).version(1).text())
                                    .ifPresent(names::add);
                            return true;
                        });
        String name = names.contains(Mailbox.INBOX) ? RECOVERED : Mailbox.INBOX;
        for (int i = 2; names.contains(name); i++) name = RECOVERED + " " + i;
        var id = new MailboxId(account, numbers.nextMailbox());
        m.draft()
                .put(
                        Keys.of(Keys.MAILBOX, id),
                        new Folders.Folder(id.number(), Optional.empty()).encode(name));
        m.draft()
                .put(
                        Keys.of(Keys.STATE, id),
                        StoredState.fresh(numbers.nextUidValidity()).encode());
        return id;
    }

    private void enter(SegmentScan.Found found, MailboxId mailbox, Digest digest) {
        Ends end = ends.computeIfAbsent(mailbox, this::ends);
        long uid = end.uid++;
        long modSeq = ++end.modSeq;
        BlobRef name = found.name();
        var head = found.head();
        EmailId email = EmailId.of(head.delivery());
        var row =
                new Row(
                        uid,
                        Flags.of(head.systemFlags(), List.of()),
                        modSeq,
                        name.length(),
                        head.date(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS));
        m.draft().put(Keys.of(Keys.ROW, mailbox, uid), IndexRow.encode(row));
        var kin = ThreadKeys.of(digest.relations());
        ThreadId thread = Threads.place(m, mailbox.account(), email, kin);
        byte[] record = MessageRecord.encode(name, email, thread, MessageRecord.encode(digest));
        m.draft().put(Keys.of(Keys.MESSAGE, mailbox, uid), record);
        m.draft().add(Keys.blob(name), Counters.encode(1));
        delivered(head, new Appended(mailbox, 0, uid, modSeq));
    }

    /** Whoever delivers it again finds it there. */
    private void delivered(SegmentFormat.Head head, Appended appended) {
        var all = new ArrayList<>(List.of(appended));
        byte[] whole = Keys.delivery(head.delivery());
        m.reads()
                .get(whole)
                .flatMap(v -> m.entries().decode(() -> Outcome.decode(v)))
                .ifPresent(
                        before ->
                                before.stream()
                                        .filter(a -> !a.mailbox().equals(appended.mailbox()))
                                        .forEach(all::add));
        if (m.reads().has(whole)) m.draft().put(whole, Outcome.encode(all));
        m.draft()
                .put(
                        Keys.delivery(head.delivery(), appended.mailbox()),
                        Outcome.encode(List.of(appended)));
    }

    private Ends ends(MailboxId mailbox) {
        var end = new Ends();
        end.uid = 1;
        end.modSeq = 1;
        m.reads()
                .get(Keys.of(Keys.STATE, mailbox))
                .flatMap(v -> m.entries().decode(() -> StoredState.decode(v)))
                .ifPresent(
                        state -> {
                            end.uid = state.counters().uidNext();
                            end.modSeq = state.modSeq();
                        });
        for (byte kind : new byte[] {Keys.ROW, Keys.MESSAGE}) {
            m.reads()
                    .scan(
                            Keys.of(kind, mailbox),
                            (key, value) -> {
                                end.uid = Math.max(end.uid, Keys.last(key) + 1);
                                if (kind == Keys.ROW) {
                                    m.entries()
                                            .decode(() -> IndexRow.decode(1, value))
                                            .ifPresent(
                                                    r ->
                                                            end.modSeq =
                                                                    Math.max(
                                                                            end.modSeq,
                                                                            r.modSeq()));
                                }
                                return true;
                            });
        }
        return end;
    }
}
