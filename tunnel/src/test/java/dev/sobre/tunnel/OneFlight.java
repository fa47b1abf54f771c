package dev.sobre.tunnel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A connection that holds back all that follows the first write, and sends it with its FIN. */
final class OneFlight extends Socket {

    private final OutputStream tcp;
    private final OutputStream holding = new Holding();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean begun;

    OneFlight(int port) throws IOException {
        super(InetAddress.getLoopbackAddress(), port);
        tcp = super.getOutputStream();
    }

    @Override
    public OutputStream getOutputStream() {
        return holding;
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (isOutputShutdown()) return;
        tcp.write(held.toByteArray());
        super.shutdownOutput();
    }

    private final class Holding extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            if (begun) held.write(octets, from, length);
            else tcp.write(octets, from, length);
            begun = true;
        }
    }
}
