package dev.sobre.mail.rocksdb;

import dev.sobre.mail.MailboxId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.rocksdb.Finding.Kind;
import dev.sobre.mail.rocksdb.Finding.Remedy;
import dev.sobre.mail.rocksdb.Finding.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a store that nobody has open in order. What can be read of its metadata is copied, mended,
 * and completed from the segments; then it takes the place of the old metadata, which are kept
 * aside. A repair that is interrupted has changed nothing, or the next opening finishes it.
 */
public final class StoreRepair {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRepair.class);

    /** Findings after which messages may be missing of which the segments know. */
    static final String RECOVERED = "recovered";

    private static final Set<Kind> LOSSY =
            Set.of(
                    Kind.METADATA_FILE,
                    Kind.COMMIT,
                    Kind.UNREADABLE,
                    Kind.ENTRY,
                    Kind.ACCOUNT,
                    Kind.ORPHAN,
                    Kind.MAILBOX,
                    Kind.ROW);

    private final Home home;
    private final Consumer<String> said;
    private boolean wrong;
    private boolean lossy;

    private StoreRepair(Home home, Consumer<String> said) {
        this.home = home;
        this.said =
                what -> {
                    LOG.info("repair: {}", what);
                    said.accept(what);
                };
    }

    /**
     * Repairs what is wrong; where nothing is, nothing is done.
     *
     * @param said is told what was found lost and what was done, in plain words
     * @throws StoreException with {@link Reason#FULL} when there is no room for new metadata
     */
    public static void repair(Path directory, Consumer<String> said) {
        Path root = directory.toAbsolutePath();
        try {
            finishEarlier(root, said);
            try (var home = Home.look(root)) {
                var repair = new StoreRepair(home, said);
                repair.look();
                if (repair.wrong) repair.run();
                else said.accept("nothing is to be repaired");
            }
        } catch (IOException e) {
            throw new StoreException(
                    Reason.UNAVAILABLE, "the store can't be repaired: " + Health.words(e), e);
        }
    }

    /** Takes what a repair has offered that was killed then. */
    private static void finishEarlier(Path root, Consumer<String> said) throws IOException {
        try (var home = Home.look(root)) {
            if (home.takeMetadata().isEmpty()) return;
        }
        said.accept("a repair that was interrupted at its end was finished");
    }

    private void look() {
        StoreCheck.of(
                home,
                finding -> {
                    wrong |= finding.kind().remedy() == Remedy.REPAIR;
                    lossy |= LOSSY.contains(finding.kind());
                });
    }

    private void run() throws IOException {
        Path fresh = home.root.resolve("meta.new");
        try (var segments = new Segments(home);
                var draft = Draft.begin(fresh)) {
            lossy |= new Salvage(home, segments, draft, this.said).run();
            draft.edit(
                    reads ->
                            mend(
                                    new Mending(draft, reads, new Entries(), this.said, lossy),
                                    segments));
            draft.finish();
        }
        for (String part : new String[] {"segments", "incoming"}) {
            Files.createDirectories(home.root.resolve(part));
        }
        home.mark();
        home.offerMetadata(fresh);
        said.accept("the old metadata are kept in " + home.takeMetadata());
    }

    private static void mend(Mending mending, Segments segments) {
        try {
            // What they say was not finished may have been since: it is safer to have it twice.
            mending.draft().deleteAll(Keys.prefix(Keys.COPYING));
            mending.draft().deleteAll(Keys.prefix(Keys.INDEX)); // the next readers pack it anew
            new MendReferences(mending).run();
            var numbers = new MendNumbers(mending);
            new MendSegments(mending, segments, numbers).run();
            new MendAccounts(mending, new MendMailboxes(mending, numbers)).run();
            new MendQueue(mending).run();
            numbers.write();
        } catch (IOException e) {
            throw new StoreException(
                    Reason.UNAVAILABLE, "the segments can't be read: " + Health.words(e), e);
        }
    }

    /**
     * Removes the messages that can't be read from a store; what there is of them is kept in {@code
     * recovered}.
     */
    public static void dropDamaged(Path directory, Consumer<String> said) {
        Map<MailboxId, UidSet.Builder> damaged = new LinkedHashMap<>();
        Map<Subject.OfMessage, String> names = new LinkedHashMap<>();
        StoreCheck.of(
                directory,
                finding -> {
                    boolean body = finding.kind() == Kind.BODY;
                    if (!body || !(finding.subject() instanceof Subject.OfMessage it)) return;
                    damaged.computeIfAbsent(it.mailbox(), _ -> new UidSet.Builder()).add(it.uid());
                    names.put(it, finding.where());
                });
        if (damaged.isEmpty()) return;
        try (var store = RocksMailStore.open(directory)) {
            damaged.forEach((mailbox, uids) -> store.dropDamaged(mailbox, uids.build()));
        }
        names.forEach((it, where) -> said.accept("removed: " + where + rest(directory, it)));
    }

    private static String rest(Path directory, Subject.OfMessage it) {
        Path kept = Path.of(RECOVERED, Places.remains(it.mailbox(), it.uid()));
        boolean any = Files.exists(directory.resolve(kept));
        return any ? "; what there is of it is in " + kept : "; there is nothing of it";
    }
}
