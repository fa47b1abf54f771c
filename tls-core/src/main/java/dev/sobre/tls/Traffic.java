package dev.sobre.tls;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What has gone over an accepted connection so far: octets of data inside of TLS, octets on the
 * wire, and records. Counted by the connection's event loop, read by any thread, which may see a
 * moment ago.
 */
public final class Traffic {
    private static final AttributeKey<Traffic> KEY = AttributeKey.valueOf("sobre.traffic");

    private static final int DATA_IN = 0;
    private static final int DATA_OUT = 1;
    private static final int WIRE_IN = 2;
    private static final int WIRE_OUT = 3;
    private static final int RECORDS_IN = 4;
    private static final int RECORDS_OUT = 5;

    private final AtomicLongArray counts = new AtomicLongArray(6);
    private long recordsAtLastData; // the event loop's
    private long recordsAtLastWord;

    Traffic() {}

    /** The traffic of a connection that a {@link TlsListener} accepted; nothing of another. */
    public static Traffic of(Channel channel) {
        Traffic counted = channel.attr(KEY).get();
        return counted == null ? new Traffic() : counted;
    }

    static Traffic begin(Channel channel) {
        var traffic = new Traffic();
        channel.attr(KEY).set(traffic);
        return traffic;
    }

    /** Octets of data from the client. */
    public long dataIn() {
        return counts.getOpaque(DATA_IN);
    }

    /** Octets of data for the client, some of which may wait yet. */
    public long dataOut() {
        return counts.getOpaque(DATA_OUT);
    }

    /** Octets of TLS from the client, handshake included. */
    public long wireIn() {
        return counts.getOpaque(WIRE_IN);
    }

    /** Octets of TLS for the client, handshake included. */
    public long wireOut() {
        return counts.getOpaque(WIRE_OUT);
    }

    /** Records from the client, handshake included. */
    public long recordsIn() {
        return counts.getOpaque(RECORDS_IN);
    }

    /** Records for the client, handshake included. */
    public long recordsOut() {
        return counts.getOpaque(RECORDS_OUT);
    }

    void received(int octets, int records) {
        add(WIRE_IN, octets);
        add(RECORDS_IN, records);
    }

    void sent(int octets, int records) {
        add(WIRE_OUT, octets);
        add(RECORDS_OUT, records);
    }

    void dataReceived(int octets) {
        add(DATA_IN, octets);
        if (octets > 0) recordsAtLastData = counts.getPlain(RECORDS_IN);
    }

    void dataSent(int octets) {
        add(DATA_OUT, octets);
    }

    /** How many records have come since one that had data. */
    long recordsWithoutData() {
        return counts.getPlain(RECORDS_IN) - recordsAtLastData;
    }

    /** What the service said is on its way. */
    void spoken() {
        recordsAtLastWord = counts.getPlain(RECORDS_OUT);
    }

    /** How many records the engine has sent by itself since the service spoke. */
    long recordsOfEngine() {
        return counts.getPlain(RECORDS_OUT) - recordsAtLastWord;
    }

    /** One thread writes, so that no fence and no atomic operation is needed. */
    private void add(int which, int some) {
        counts.setOpaque(which, counts.getPlain(which) + some);
    }
}
