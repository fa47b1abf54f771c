package dev.sobre.smtp.relay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A name server that knows the root and one zone file; of what is below {@code broken.} it knows
 * nothing now.
 */
final class NameServer implements AutoCloseable {

    private final DatagramSocket socket;
    private final List<Record> zone = new ArrayList<>();

    NameServer(String file) throws IOException {
        this(file, ". NS a.root.\n");
    }

    private NameServer(String file, String root) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        try (var master =
                new Master(
                        new ByteArrayInputStream((root + file).getBytes(StandardCharsets.US_ASCII)),
                        Name.root,
                        3600)) {
            for (Record r = master.nextRecord(); r != null; r = master.nextRecord()) zone.add(r);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /** One that says that nothing exists. */
    static NameServer cutOff() throws IOException {
        return new NameServer("", "");
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    private void serve() {
        byte[] octets = new byte[4096];
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(octets, octets.length);
                socket.receive(packet);
                byte[] asked = Arrays.copyOf(octets, packet.getLength());
                byte[] answer = answer(new Message(asked)).toWire(4096);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) throw new UncheckedIOException(e);
            }
        }
    }

    private Message answer(Message query) {
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        Record question = query.getQuestion();
        answer.addRecord(question, Section.QUESTION);
        Name name = question.getName();
        if (name.toString().endsWith("broken.")) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
            return answer;
        }
        boolean known = false;
        for (Record each : zone) {
            if (!each.getName().equals(name)) continue;
            known = true;
            if (each.getType() == question.getType() || each.getType() == Type.CNAME) {
                answer.addRecord(each, Section.ANSWER);
            }
        }
        if (!known) answer.getHeader().setRcode(Rcode.NXDOMAIN);
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
