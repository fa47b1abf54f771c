package dev.sobre.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.BytesInput;
import dev.sobre.imap.wire.CommandLimits;
import dev.sobre.imap.wire.EnvelopeWriter;
import dev.sobre.imap.wire.ImapOutput;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.imap.wire.ResponseReader;
import dev.sobre.imap.wire.StructureWriter;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A line of what is asked for, as {@code BODY[1.MIME]<5.10>}, and a message: whatever both say, it
 * is refused, or the answer is in the grammar, and a part of it is a part of the whole answer.
 */
class FetchFuzzTest {

    private static final CommandLimits LIMITS = new CommandLimits(4096, 4096, 4096);
    private static final MemoryStore STORE = MemoryStore.with("ann@example.org", "secret");
    private static final MailboxId INBOX =
            STORE.find(STORE.account("ann@example.org").id(), "INBOX").orElseThrow().id();

    @FuzzTest(maxExecutions = 10_000)
    void answersAreInTheGrammar(byte[] octets) throws IOException {
        int end = 0;
        while (end < octets.length && octets[end] != '\n') end++;
        byte[] message =
                Arrays.copyOfRange(octets, Math.min(end + 1, octets.length), octets.length);
        for (byte b : message) if (b == 0) return; // no mail has it
        Optional<FetchItem> item = item(Arrays.copyOf(octets, end));
        if (item.isEmpty() || message.length == 0) return;
        STORE.append(
                INBOX,
                List.of(
                        new Delivery(
                                DeliveryId.random(),
                                BlobSource.Bytes.of(message),
                                Flags.DELETED,
                                Instant.EPOCH)));
        try (var messages = STORE.messages(INBOX, UidSet.ALL);
                var body = new MessageBody(STORE, messages.next().orElseThrow())) {
            check(item.get(), body);
        } finally {
            STORE.expunge(INBOX, UidSet.ALL);
        }
    }

    private static Optional<FetchItem> item(byte[] line) throws IOException {
        ImapReader in = BytesInput.reader(line, LIMITS);
        try {
            var item = FetchItem.parse(in.name(), in);
            in.endOfLine();
            return Optional.of(item);
        } catch (BadMessage refused) {
            assertTrue(refused.getMessage() != null);
        } catch (EOFException unfinished) {
            // A literal of which more is to come.
        }
        return Optional.empty();
    }

    private static void check(FetchItem item, MessageBody body) throws IOException {
        var structure = body.structure();
        ResponseReader.assertEnvelope(
                value(out -> EnvelopeWriter.write(body.envelope(), out.put("ENVELOPE "))));
        for (boolean extended : new boolean[] {false, true}) {
            ResponseReader.assertBody(
                    value(out -> StructureWriter.write(structure, extended, out.put("BODY "))),
                    extended);
        }
        switch (item) {
            case FetchItem.Known known -> {}
            case FetchItem.Octets octets -> {
                var whole =
                        value(
                                out -> {
                                    out.put("BODY").section(octets.section()).put(' ');
                                    body.write(octets.section(), Optional.empty(), out);
                                });
                var some =
                        value(
                                out -> {
                                    out.put("BODY").section(octets.section()).put(' ');
                                    body.write(octets.section(), octets.partial(), out);
                                });
                assertCut(whole, octets.partial(), some);
            }
            case FetchItem.Binary binary -> binary(binary.section(), binary.partial(), body);
            case FetchItem.BinarySize size -> binary(size.section(), Optional.empty(), body);
        }
    }

    private static void binary(
            dev.sobre.imap.wire.Section section,
            Optional<FetchItem.Partial> partial,
            MessageBody body)
            throws IOException {
        Optional<BinaryPart> part = body.binary(section);
        if (part.isEmpty() || !part.get().isKnown()) return;
        var whole = value(out -> part.get().write(Optional.empty(), out.put("BINARY[] ")));
        var some = value(out -> part.get().write(partial, out.put("BINARY[] ")));
        assertCut(whole, partial, some);
        assertEquals(part.get().size(), text(whole).length);
    }

    /** RFC 3501 §6.4.5: octets beyond the end are left out, also when that is all of them. */
    private static void assertCut(
            ResponseReader.Value whole,
            Optional<FetchItem.Partial> partial,
            ResponseReader.Value some) {
        if (whole instanceof ResponseReader.Nil) {
            assertEquals(whole, some);
            return;
        }
        byte[] all = text(whole);
        long from = Math.min(partial.map(FetchItem.Partial::from).orElse(0L), all.length);
        long count = partial.map(FetchItem.Partial::count).orElse((long) all.length);
        long to = Math.min(from + count, all.length);
        assertArrayEquals(Arrays.copyOfRange(all, (int) from, (int) to), text(some));
    }

    private static byte[] text(ResponseReader.Value value) {
        if (value instanceof ResponseReader.Text text) return text.octets();
        throw new AssertionError("a string is missing: " + value);
    }

    /** Writes an item. */
    private interface Writing {
        void to(ImapWriter out) throws IOException;
    }

    /** What another reads of what is written. */
    private static ResponseReader.Value value(Writing item) throws IOException {
        var written = new Written();
        var out = new ImapWriter(written);
        out.put('(');
        item.to(out);
        out.put(')').endLine();
        out.handOn();
        var items = ResponseReader.items(written.octets.toByteArray());
        assertEquals(1, items.size());
        return items.values().iterator().next();
    }

    private static final class Written implements ImapOutput {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Override
        public void write(byte[] some, int from, int length) {
            octets.write(some, from, length);
        }

        @Override
        public void writeBody(BlobReader body, long offset, long length) throws IOException {
            var some = ByteBuffer.allocate((int) length);
            while (some.hasRemaining()) {
                if (body.read(offset + some.position(), some) < 0) throw new EOFException();
            }
            octets.write(some.array());
        }
    }
}
