package dev.sobre.tunnel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.LinkedBlockingQueue;

/** A plain TCP service that a test plays, one virtual thread for a connection. */
final class Backend implements AutoCloseable {

    /** What it does with a connection; how that ended is kept. */
    interface Service {
        String serve(Socket socket) throws IOException;
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    final LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();

    Backend(Service service) throws IOException {
        Thread.ofVirtual().start(() -> accept(service));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    private void accept(Service service) {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(service, socket));
            }
        } catch (IOException closed) {
            ends.add("listener closed");
        }
    }

    private void serve(Service service, Socket socket) {
        try (socket) {
            ends.add(service.serve(socket));
        } catch (IOException e) {
            ends.add("broke off");
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
