package dev.sobre.mail.rocksdb;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.rocksdb.StoreSettings.Sync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment that grows. Belongs to the writer thread: bodies are appended, made durable together
 * with the commit that refers to them by {@link #commit}, or taken back together by {@link
 * #rollback}. A store that opens starts a new segment with its first commit; what earlier ones end
 * with is left as it is.
 */
final class SegmentWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

    private static final long RELAXED_NANOS = Duration.ofSeconds(1).toNanos();

    private final Segments segments;
    private final long rollAt;
    private final boolean relaxed;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private final List<Long> ended = new ArrayList<>();
    private @Nullable FileChannel channel;
    private @Nullable Reserve reserve; // the channel's
    private @Nullable Zeros zeros; // the channel's
    private long number;
    private long secret; // of this segment
    private long noted; // beside the log, as the segment that was begun last
    private long synced; // everything before is durable
    private long written; // everything before is in the file
    private long groupStart; // where the records of the next commit start in this segment
    private CommitPoint last; // and durable, unless relaxed
    private long settledAt = System.nanoTime();

    /**
     * @param last the commit that the next one follows
     */
    SegmentWriter(Segments segments, StoreSettings settings, CommitPoint last) {
        this.segments = segments;
        this.rollAt = settings.disk().segmentOctets();
        this.relaxed = settings.sync() == Sync.RELAXED;
        this.last = last;
    }

    /** Writes the record of a body; durable after {@link #commit}. */
    BlobRef append(SegmentFormat.Origin origin, ByteBuffer body, int[] sums) throws IOException {
        makeRoom();
        ByteBuffer head = SegmentFormat.head(secret, origin, body.remaining(), SegmentFormat.HEAD);
        var ref = new BlobRef(number, position() + head.remaining(), body.remaining());
        write(head.duplicate());
        write(body.duplicate());
        write(SegmentFormat.tail(head, sums, origin));
        return ref;
    }

    /** The commit that comes next, and where its record will be if no body comes before. */
    CommitPoint next() throws IOException {
        makeRoom();
        return new CommitPoint(last.number() + 1, number, position());
    }

    /** Writes the record of a commit, and makes it and all bodies before it durable. */
    void commit(CommitPoint commit, byte[] changes) throws IOException {
        write(CommitFormat.head(secret, changes.length, commit.number(), last, groupStart));
        write(ByteBuffer.wrap(changes));
        write(CommitFormat.tail(changes));
        if (relaxed && System.nanoTime() - settledAt < RELAXED_NANOS) drain();
        else sync();
        groupStart = written;
        last = commit;
    }

    /** Whether there are commits that are answered and not durable yet. */
    boolean unsettled() {
        return relaxed && channel != null && position() != synced;
    }

    /** Makes durable what is not. */
    void settle() throws IOException {
        sync();
    }

    private void sync() throws IOException {
        settledAt = System.nanoTime();
        var file = channel;
        if (file == null || position() == synced) return;
        drain();
        file.force(false); // fdatasync: it keeps the length too, for the data can't be read without
        synced = written;
    }

    /** Forgets what was appended since the last commit, after a failure. */
    void rollback() {
        buffer.clear();
        if (channel == null) return;
        if (written == 0) writeFileHead(); // it was only in the buffer
        if (written == 0 || written == groupStart) return;
        LOG.warn(
                "segment {}: a failed commit left octets {} to {}, which nothing refers to",
                number,
                groupStart,
                written);
        // What the kernel holds of a file after a failed write or sync is not to be relied on.
        end();
    }

    private void makeRoom() throws IOException {
        if (channel != null && position() >= rollAt) roll();
        if (channel == null) start();
        if (noted == number) return;
        segments.end.began(number, secret);
        noted = number;
    }

    private void start() throws IOException {
        if (noted == 0) giveBackLast();
        number = segments.newNumber();
        secret = SegmentFormat.newSecret();
        var file =
                FileChannel.open(
                        segments.file(number),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        try {
            Home.syncDirectory(segments.directory);
        } catch (IOException e) {
            file.close(); // nothing is written to what may not be found again
            throw e;
        }
        channel = file;
        reserve = new Reserve(segments.file(number));
        zeros = new Zeros(segments.file(number), file, rollAt);
        synced = 0;
        written = 0;
        writeFileHead();
    }

    /** A process that was killed had blocks ahead, which nobody will fill. */
    private void giveBackLast() throws IOException {
        var newest = segments.newestFirst().stream().limit(1); // it may have no commit yet
        Stream.concat(newest, Stream.of(last.segment()))
                .map(segments::file)
                .forEach(Reserve::giveBack);
    }

    private void writeFileHead() {
        buffer.put(SegmentFormat.fileHead(number, false, secret));
        groupStart = SegmentFormat.FILE_HEAD;
    }

    /** Ends the segment that grows, if there is anything in it, so that it can be compacted. */
    void turn() throws IOException {
        if (channel != null && position() > SegmentFormat.FILE_HEAD) roll();
    }

    private void roll() throws IOException {
        sync();
        end();
    }

    /** Ends the log: there are no more commits. */
    void finish() {
        close();
        try {
            segments.end.closed(last);
        } catch (IOException e) {
            LOG.warn("the end of the log can't be noted", e);
        }
    }

    private void end() {
        ended.add(number);
        close();
    }

    /** The number of the segment that grows; 0 when none does. */
    long growing() {
        return channel == null ? 0 : number;
    }

    /** Its octets up to the end of the last commit. */
    long grown() {
        return groupStart;
    }

    /** The segments that have ended since this was asked last. */
    List<Long> ended() {
        var numbers = List.copyOf(ended);
        ended.clear();
        return numbers;
    }

    Segments segments() {
        return segments;
    }

    private long position() {
        return written + buffer.position();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) drain();
            int most = Math.min(bytes.remaining(), buffer.remaining());
            buffer.put(bytes.slice(bytes.position(), most));
            bytes.position(bytes.position() + most);
        }
    }

    private void drain() throws IOException {
        var file = Objects.requireNonNull(channel);
        buffer.flip();
        try {
            long end = written + buffer.remaining();
            Objects.requireNonNull(reserve).reach(end + Zeros.STEP);
            if (!relaxed) Objects.requireNonNull(zeros).reach(synced, end);
            while (buffer.hasRemaining()) written += file.write(buffer, written);
        } finally {
            buffer.clear();
        }
    }

    @Override
    public void close() {
        var file = channel;
        channel = null;
        if (file == null) return;
        try (var _ = reserve;
                file) {
            if (relaxed && written != synced) file.force(false);
            Objects.requireNonNull(zeros).cut(written);
        } catch (IOException e) {
            LOG.warn("segment {} could not be closed", number, e);
        }
    }
}
