package dev.sobre.tls.trace;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Listens to both sides of a connection and tells its handshake. Bounded in what it holds and in
 * what it tells, whatever the two send. For one thread.
 */
public final class Narrator {
    private static final int MOST_STEPS = 120;
    private static final int MOST_FLIGHTS = 40;

    private final boolean opensRecords;
    private final LongSupplier clock;
    private final Map<Side, Voice> voices = new EnumMap<>(Side.class);
    private final Conversation conversation;
    private final List<Step> steps = new ArrayList<>();
    private final List<Flight> flights = new ArrayList<>();
    private long start = -1;
    private Duration at = Duration.ZERO;
    private boolean complete = true;

    private Narrator(boolean opensRecords, LongSupplier clock) {
        this.opensRecords = opensRecords;
        this.clock = clock;
        this.conversation = new Conversation(opensRecords);
        for (Side side : Side.values()) voices.put(side, new Voice(side));
    }

    /** Tells what the wire shows, and names encrypted records as such. */
    public static Narrator ofTheWire() {
        return new Narrator(false, System::nanoTime);
    }

    /** Is told by {@link #opened} what the encrypted records hold. */
    public static Narrator ofBothEnds() {
        return new Narrator(true, System::nanoTime);
    }

    /** Bytes went over the wire; they are left as they are. */
    public void wire(Side from, ByteBuf bytes) {
        if (!bytes.isReadable()) return;
        Duration now = now();
        at = now;
        voice(from).heard = now;
        var reader = voice(from).records;
        int before = reader.begun();
        boolean sound = !reader.broken();
        reader.take(bytes);
        flight(from, now, bytes.readableBytes(), reader.begun() - before);
        if (sound && reader.broken()) {
            tell(
                    from,
                    bytes.readableBytes(),
                    false,
                    new Told(
                            "no TLS",
                            "These bytes are no record of TLS; nothing more is read of this side."));
        }
    }

    /** What an encrypted record holds, and how long it was with its padding and tag. */
    public void opened(Side from, int type, byte[] content, int sealed) {
        // What we open came earlier; what we seal is yet to be sent.
        at = from == Side.SERVER ? voice(from).heard : now();
        voice(from).content(type, content, sealed, true);
    }

    public Conversation conversation() {
        return conversation;
    }

    /** All so far. */
    public Story story() {
        return new Story(steps, flights, complete);
    }

    private Voice voice(Side side) {
        return java.util.Objects.requireNonNull(voices.get(side), "made for both");
    }

    private void flight(Side from, Duration now, int bytes, int records) {
        if (!flights.isEmpty() && flights.getLast().from() == from) {
            var last = flights.removeLast();
            flights.add(
                    new Flight(from, last.at(), last.bytes() + bytes, last.records() + records));
        } else if (flights.size() < MOST_FLIGHTS) {
            flights.add(new Flight(from, now, bytes, records));
        } else {
            complete = false;
        }
    }

    private void tell(Side from, long bytes, boolean encrypted, Told told) {
        if (steps.size() >= MOST_STEPS) {
            complete = false;
            return;
        }
        steps.add(new Step(at, from, told.name(), bytes, encrypted, told.sentence(), told.facts()));
    }

    private Duration now() {
        long now = clock.getAsLong();
        if (start < 0) start = now;
        return Duration.ofNanos(now - start);
    }

    /** One side, with what it has said in part. */
    private final class Voice {
        private final Side side;
        private final RecordReader records = new RecordReader(this::record);
        private final MessageReader clear = new MessageReader(m -> message(m, false));
        private final MessageReader opened = new MessageReader(m -> message(m, true));
        private Duration heard = Duration.ZERO;
        private boolean changed;
        private boolean finishedSeen;

        Voice(Side side) {
            this.side = side;
        }

        private void record(WireRecord record) {
            boolean sealed = changed || record.type() == WireRecord.APPLICATION_DATA;
            if (!sealed) content(record.type(), record.fragment(), record.size(), false);
            else if (!opensRecords) sealed(record);
        }

        private void content(int type, byte[] content, int size, boolean encrypted) {
            switch (type) {
                case WireRecord.HANDSHAKE -> (encrypted ? opened : clear).take(content);
                case WireRecord.ALERT ->
                        tell(side, content.length, encrypted, KeyWords.alert(content, side));
                case WireRecord.CHANGE_CIPHER_SPEC -> {
                    tell(side, size, encrypted, KeyWords.changeCipherSpec(side, conversation));
                    changed = conversation.decided() && !conversation.tls13();
                }
                default -> data(content.length);
            }
        }

        private void data(int size) {
            if (!merged("application data", size)) {
                tell(
                        side,
                        size,
                        true,
                        new Told("application data", "What all this was for; it is not shown."));
            }
        }

        private void message(Message message, boolean encrypted) {
            // RFC 8446 §4.4.1, RFC 5246 §7.4.9: a proof is over what came before it.
            Told told = MessageWords.of(message, side, conversation);
            tell(side, message.size(), encrypted, told);
            if (message.type() != 0) conversation.transcript().add(side, message);
        }

        private void sealed(WireRecord record) {
            Told told = SealedWords.of(record.type(), side, conversation, finishedSeen);
            finishedSeen |= record.type() == WireRecord.HANDSHAKE;
            int size = WireRecord.HEADER + record.size();
            if (!merged(told.name(), size))
                tell(side, size, true, told.fact("records", sizes(record)));
        }

        private String sizes(WireRecord record) {
            return WireRecord.word(record.type()) + ", " + record.size() + " bytes";
        }

        /** Adds to the last step where it tells the same of the same side. */
        private boolean merged(String name, long size) {
            if (steps.isEmpty()) return false;
            var last = steps.getLast();
            if (last.from() != side || !last.name().equals(name)) return false;
            steps.removeLast();
            steps.add(
                    new Step(
                            last.at(),
                            side,
                            name,
                            last.bytes() + size,
                            true,
                            last.sentence(),
                            last.facts()));
            return true;
        }
    }
}
