package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A disk for each test, which is mounted: tests on it run as root only. */
final class SmallDisk implements BeforeEachCallback, AfterEachCallback {

    private final int mebibytes;
    private Path place = Path.of("");
    private boolean mounted;

    SmallDisk(int mebibytes) {
        this.mebibytes = mebibytes;
    }

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        place = Files.createTempDirectory("small-disk");
        String size = "size=" + mebibytes + "m";
        mounted = run("mount", "-t", "tmpfs", "-o", size, "tmpfs", place.toString()) == 0;
        assumeTrue(mounted, "not allowed to mount a small disk");
    }

    Path resolve(String name) {
        return place.resolve(name);
    }

    long free() throws IOException {
        return Files.getFileStore(place).getUsableSpace();
    }

    /** Nothing can be written from now on. */
    void protect() throws Exception {
        assertEquals(0, run("mount", "-o", "remount,ro", place.toString()));
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        if (mounted) assertEquals(0, run("umount", place.toString()));
        Files.delete(place);
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException e) {
            return -1; // no such command
        }
    }
}
