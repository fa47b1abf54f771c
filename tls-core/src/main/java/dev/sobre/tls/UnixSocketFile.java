package dev.sobre.tls;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file by which a Unix socket is found; it outlives a server that was killed. */
final class UnixSocketFile {
    private static final Logger LOG = LoggerFactory.getLogger(UnixSocketFile.class);

    private final UnixDomainSocketAddress address;
    private @Nullable Object identity;

    private UnixSocketFile(UnixDomainSocketAddress address) {
        this.address = address;
    }

    /**
     * A place to bind: what a killed server left there is removed.
     *
     * @throws BindFailed where somebody listens, or something else is in the way
     */
    static UnixSocketFile at(UnixDomainSocketAddress address) {
        Path path = address.getPath();
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                if (!attributes(path).isOther()) {
                    throw BindFailed.of(address, "a file that is no socket is there", null);
                }
                if (listens(address)) throw BindFailed.of(address, "somebody listens there", null);
                Files.delete(path);
            }
        } catch (IOException e) {
            throw BindFailed.of(address, String.valueOf(e.getMessage()), e);
        }
        return new UnixSocketFile(address);
    }

    /** The address as the channels of the event loops want it. */
    SocketAddress forNetty() {
        return Epoll.isAvailable() ? new DomainSocketAddress(address.getPath().toFile()) : address;
    }

    /** Says who may connect, once the file is there. */
    void restrict(Set<PosixFilePermission> mode) {
        try {
            identity = attributes(address.getPath()).fileKey();
            Files.setPosixFilePermissions(address.getPath(), mode);
        } catch (IOException | UnsupportedOperationException e) {
            throw BindFailed.of(address, "its permissions can't be set: " + e.getMessage(), e);
        }
    }

    /** Removes the file, unless another server has put its own there. */
    void remove() {
        Path path = address.getPath();
        try {
            if (identity != null && identity.equals(attributes(path).fileKey())) Files.delete(path);
        } catch (IOException e) {
            LOG.debug("{} is gone already: {}", path, e.toString());
        }
    }

    /** A socket that nobody listens on refuses, whoever asks. */
    private static boolean listens(UnixDomainSocketAddress address) {
        try (var _ = SocketChannel.open(address)) {
            return true;
        } catch (IOException e) {
            return !String.valueOf(e.getMessage()).contains("refused");
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
