package dev.sobre.app.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may open a home's store, and on a disk that can't be written look at it. */
class HomeLockTest {

    @TempDir Path dir;

    @Test
    void oneHasIt() {
        var home = new Home(dir);
        try (var held = HomeLock.take(home).orElseThrow()) {
            assertEquals(Optional.empty(), HomeLock.take(home));
            assertEquals(Long.toString(ProcessHandle.current().pid()), HomeLock.owner(home));
        }
        HomeLock.take(home).orElseThrow().close();
    }

    @Test
    void nobodyNeedsItOnADiskThatCanNotBeWritten() throws Exception {
        var home = new Home(dir);
        HomeLock.take(home).orElseThrow().close();
        String here = dir.toString();
        assumeTrue(run("mount", "--bind", here, here) == 0, "not allowed to mount a disk");
        try {
            assertEquals(0, run("mount", "-o", "remount,ro,bind", here));
            String owner = Files.readString(home.lockFile());
            HomeLock.take(home).orElseThrow().close();
            assertEquals(owner, Files.readString(home.lockFile()));
        } finally {
            assertEquals(0, run("umount", here));
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
