package dev.sobre.smtp;

import dev.sobre.mail.BlobSink;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.StoreException;
import dev.sobre.mail.mime.Outlet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message on its way from the wire to a sink: trace fields first, then what the client sends.
 * When something is wrong the rest is taken and dropped, and {@link #problem} has the answer.
 */
final class Intake implements Outlet, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int MOST_HOPS = 100; // RFC 5321 §6.3
    private static final int ADDED = 8 * 1024; // room for the fields we add

    private static final int MOST_GROWTH = 2; // base64 makes 78 of 57, and a tiny part has a header

    private static final Set<String> WANTED =
            Stream.concat(Trace.WANTED.stream(), Authors.FIELDS.stream())
                    .collect(Collectors.toUnmodifiableSet());

    private final Letter letter;
    private final DataFramer framer = new DataFramer();
    private final Chunks chunks;
    private final Authors authors;
    private final Trace trace;
    private final HeaderScan header;
    private final Sameness sameness = new Sameness();
    private final BlobSink sink;
    private final long limit;
    private long length;
    private Optional<Reply> problem = Optional.empty();

    private Intake(Letter letter, BlobSink sink, long limit, Trace trace, Authors authors) {
        this.letter = letter;
        this.sink = sink;
        this.limit = limit;
        this.authors = authors;
        this.trace = trace;
        this.chunks = new Chunks(this, letter.asked().binary());
        this.header = new HeaderScan(Trace.DROPPED, WANTED, this::missing);
    }

    static Intake open(Mailroom to, SmtpSettings settings, SmtpSession session, Letter letter) {
        long limit = settings.allowance().octets();
        var trace = new Trace(settings.hostname(), letter.id(), letter.received());
        var authors = new Authors(settings.addressing().from(), to, letter.account());
        long most = letter.asked().binary() ? limit * MOST_GROWTH : limit;
        var intake = new Intake(letter, to.sink(most + ADDED), limit, trace, authors);
        intake.write(Trace.octets(Trace.returnPath(letter.sender())));
        intake.write(
                Trace.octets(
                        trace.received(
                                letter,
                                session.connection().tls(),
                                client(session, settings.handling()))));
        return intake;
    }

    private static Optional<Trace.Client> client(SmtpSession session, Handling handling) {
        var address = session.connection().remote().getAddress();
        return handling.tracesClient()
                ? Optional.of(new Trace.Client(session.greeted(), address))
                : Optional.empty();
    }

    /** The fields to add at the end of a header; the last look at what is there. */
    private String missing(Map<String, List<String>> fields) {
        if (problem.isEmpty()) problem = authors.problem(fields);
        if (problem.isEmpty() && header.hops() > MOST_HOPS) {
            problem = Optional.of(Reply.of(554, "5.4.6", "the message goes round in circles"));
        }
        boolean named =
                fields.getOrDefault("message-id", List.of()).stream().anyMatch(id -> !id.isBlank());
        if (named) sameness.named();
        return trace.missing(fields.keySet()) + authors.missing(fields);
    }

    /**
     * Whether so much has come, or is to come at once, that it is not read to its end for the sake
     * of the next command: more than twice what a message may have.
     */
    static boolean isHopeless(long octets, long limit) {
        return octets - limit > limit;
    }

    Letter letter() {
        return letter;
    }

    /** The way in for a message in chunks. */
    Chunks chunks() {
        return chunks;
    }

    DataFramer framer() {
        return framer;
    }

    /** Takes a part of the message as the client sends it. */
    @Override
    public void take(ByteBuffer octets) throws IOException {
        count(octets.remaining());
        keep(octets);
    }

    /** Notes how much has come; its size is that (RFC 1870 §5). */
    void count(int octets) {
        length += octets;
        if (length > limit) refuse(Mail.tooBig(limit));
    }

    /** Takes a part of what is to be kept, which was counted as it came. */
    void keep(ByteBuffer octets) throws IOException {
        if (problem.isPresent()) return;
        sameness.take(octets);
        header.take(octets, this::write);
    }

    /** The message has come to its true end. */
    void end() throws IOException {
        blame(framer.flaw());
        finish(true);
    }

    /** All of it has come, the end of its last line perhaps not. */
    void finish(boolean atLineStart) throws IOException {
        // First, so that what is added to a header that is not closed has lines of its own.
        if (problem.isEmpty() && !atLineStart) header.take(Trace.octets("\r\n"), this::write);
        if (problem.isEmpty()) header.finish(this::write);
    }

    void blame(DataFramer.Flaw flaw) {
        flaw(flaw).ifPresent(this::refuse);
    }

    /** The message can't be taken; the first reason counts. */
    void refuse(Reply reply) {
        if (problem.isEmpty()) problem = Optional.of(reply);
    }

    /** Whether there was text where a field or the empty line should have been. */
    boolean headerEndedByText() {
        return header.endedByText();
    }

    Optional<Reply> problem() {
        return problem;
    }

    /** The octets the client sent, without transparency dots. */
    long length() {
        return length;
    }

    /** By what the message is known again, when it has come. */
    Optional<DeliveryId> name() {
        return sameness.of(letter);
    }

    BlobSource body() throws IOException {
        return sink.finish();
    }

    @Override
    public void close() {
        sink.close();
    }

    private void write(ByteBuffer octets) {
        if (problem.isPresent()) return;
        try {
            sink.write(octets);
        } catch (StoreException e) {
            problem = Optional.of(refusal(e));
        } catch (IOException e) {
            LOG.error("a message could not be written down", e);
            problem = Optional.of(failure());
        }
    }

    private static Optional<Reply> flaw(DataFramer.Flaw flaw) {
        return switch (flaw) {
            case NONE -> Optional.empty();
            case BARE_LINE_END ->
                    Optional.of(
                            Reply.of(
                                    550,
                                    "5.6.11",
                                    "the message has a CR or LF on its own; lines end with CRLF"));
            case NUL -> Optional.of(Reply.of(550, "5.6.0", "the message has a NUL octet"));
            case LINE_TOO_LONG ->
                    Optional.of(
                            Reply.of(
                                    550,
                                    "5.6.0",
                                    "the message has a line longer than "
                                            + DataFramer.LONGEST_LINE
                                            + " octets"));
        };
    }

    /** The answer to a store's refusal. */
    static Reply refusal(StoreException e) {
        return switch (e.reason()) {
            case OVER_QUOTA -> Reply.of(452, "4.2.2", "a mailbox is full");
            case FULL -> Reply.of(452, "4.3.1", "there is no room for the message now");
            case REFUSED -> Reply.of(550, "5.7.1", "the message can't be stored");
            case MISSING -> failure(); // a mailbox went since RCPT; the next RCPT will say so
            case EXISTS, LIMIT, TOO_LARGE, UNAVAILABLE, DAMAGED -> {
                LOG.error("a message was not stored", e);
                yield failure();
            }
        };
    }

    static Reply failure() {
        return Reply.of(451, "4.3.0", "the message could not be stored now; try again later");
    }
}
