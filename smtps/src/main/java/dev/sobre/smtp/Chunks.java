package dev.sobre.smtp;

import dev.sobre.mail.mime.BinaryMime;
import dev.sobre.mail.mime.NotTransportable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The way of a message in chunks into its intake, where no dots are added (RFC 3030). What may be
 * binary becomes text on it; see {@link BinaryMime}.
 */
final class Chunks {

    private final Intake intake;
    private final ChunkCheck check = new ChunkCheck();
    private final Optional<BinaryMime> binary;

    /**
     * @param mayBeBinary whether the client said so (BODY=BINARYMIME)
     */
    Chunks(Intake intake, boolean mayBeBinary) {
        this.intake = intake;
        this.binary =
                mayBeBinary
                        ? Optional.of(new BinaryMime(this::text, DataFramer.LONGEST_LINE))
                        : Optional.empty();
    }

    /** Takes a part of the message, cut anywhere. */
    void take(ByteBuffer octets) throws IOException {
        if (binary.isEmpty()) {
            check(octets);
            intake.take(octets);
            return;
        }
        intake.count(octets.remaining());
        if (intake.problem().isEmpty()) {
            try {
                binary.get().write(octets);
            } catch (NotTransportable e) {
                intake.refuse(refusal(e));
            }
        }
    }

    /** The last chunk has come. */
    void end() throws IOException {
        try {
            if (binary.isPresent() && intake.problem().isEmpty()) binary.get().end();
        } catch (NotTransportable e) {
            intake.refuse(refusal(e));
        }
        check.end();
        intake.blame(check.flaw());
        intake.finish(check.atLineStart());
    }

    private void text(ByteBuffer octets) throws IOException {
        check(octets);
        intake.keep(octets);
        // What the parts are was read from a header that would be another one now.
        if (intake.headerEndedByText()) {
            intake.refuse(Reply.of(554, "5.6.0", "the header has a line that is no field"));
        }
    }

    private void check(ByteBuffer octets) {
        check.take(octets);
        intake.blame(check.flaw());
    }

    private static Reply refusal(NotTransportable e) {
        return Reply.of(554, e.sealed() ? "5.6.2" : "5.6.0", String.valueOf(e.getMessage()));
    }
}
