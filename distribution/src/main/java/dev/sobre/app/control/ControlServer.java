package dev.sobre.app.control;

import dev.sobre.app.admin.AdminCommands;
import dev.sobre.app.admin.Office;
import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's end of the control socket: runs administrators' commands for other processes. */
public final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int AT_ONCE = 8;

    private final Path socket;
    private final Office office;
    private final ServerSocketChannel listener;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private ControlServer(Path socket, Office office, ServerSocketChannel listener) {
        this.socket = socket;
        this.office = office;
        this.listener = listener;
    }

    /** Listens in a home whose lock the caller holds. */
    public static ControlServer start(Home home, Office office) {
        Path socket = home.controlSocket();
        try {
            privateDirectory(home.control());
            Files.deleteIfExists(socket); // of a server that was killed: the lock is ours
            var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try (var path = ShortPath.of(home)) {
                listener.bind(UnixDomainSocketAddress.of(path.path()));
            }
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            var server = new ControlServer(socket, office, listener);
            Thread.ofPlatform().daemon().name("sobre-control").start(server::accept);
            return server;
        } catch (IOException e) {
            throw new Failure("can't make the control socket " + socket + ": " + e.getMessage(), e);
        }
    }

    private static void privateDirectory(Path directory) throws IOException {
        var mode = PosixFilePermissions.fromString("rwx------");
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(mode));
        }
        Files.setPosixFilePermissions(directory, mode);
    }

    private void accept() {
        try {
            while (listener.isOpen()) {
                places.acquire();
                var channel = listener.accept();
                open.add(channel);
                // A platform thread: hashing a password or a flush would pin a virtual one.
                Thread.ofPlatform().daemon().name("sobre-command").start(() -> serve(channel));
            }
        } catch (IOException e) {
            if (listener.isOpen()) LOG.error("the control socket failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            var in = new DataInputStream(Channels.newInputStream(channel));
            var out = new DataOutputStream(Channels.newOutputStream(channel));
            var request = Request.of(Frame.read(in));
            LOG.info("command: {}", request.firstWords());
            var caller = new RemoteCaller(in, out, request);
            int code = AdminCommands.run(request.words(), office, caller);
            Frame.of(Frame.Kind.EXIT, Integer.toString(code)).write(out);
        } catch (IOException e) {
            LOG.debug("a command's connection ended: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.error("a command failed", e);
        } finally {
            open.remove(channel);
            places.release();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (SocketChannel channel : open) channel.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.warn("the control socket was not closed cleanly: {}", e.toString());
        }
    }
}
