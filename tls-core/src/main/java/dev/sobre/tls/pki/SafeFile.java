package dev.sobre.tls.pki;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Writes a small file whole or not at all, with its permissions from the first byte on. */
public final class SafeFile {
    private SafeFile() {}

    /** Writes what only the owner may read (0600), in place of what was there. */
    public static void writeSecret(Path file, byte[] bytes) throws IOException {
        write(file, bytes, "rw-------");
    }

    /** Writes what everybody may read (0644), in place of what was there. */
    public static void writePublic(Path file, byte[] bytes) throws IOException {
        write(file, bytes, "rw-r--r--");
    }

    /** Whether a file of secrets is open to more than its owner. */
    public static boolean othersMayRead(Path file) throws IOException {
        if (!posix()) return false;
        var permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.GROUP_READ)
                || permissions.contains(PosixFilePermission.OTHERS_READ);
    }

    private static void write(Path file, byte[] bytes, String permissions) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path fresh =
                absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID());
        try {
            fill(fresh, bytes, permissions);
            Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        syncDirectory(absolute);
    }

    private static void fill(Path fresh, byte[] bytes, String permissions) throws IOException {
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var out = FileChannel.open(fresh, options, attributes(permissions))) {
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) out.write(rest);
            out.force(true);
        }
        // The umask may have taken away what a public file needs.
        if (posix()) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        if (!posix()) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static void syncDirectory(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory == null || !posix()) return;
        try (var open = FileChannel.open(directory, Set.of(StandardOpenOption.READ))) {
            open.force(true); // the new name must survive a power cut too
        }
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
