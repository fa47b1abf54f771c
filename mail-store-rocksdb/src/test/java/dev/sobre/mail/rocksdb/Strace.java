package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that shows or breaks what a process asks of the kernel. */
public final class Strace {

    private static final Path BINARY = Path.of("/usr/bin/strace");

    private Strace() {}

    /** Passes a test over where there is no strace, but not in CI. */
    public static void require() {
        boolean there = Files.isExecutable(BINARY);
        assumeTrue(there || System.getenv("CI") != null, "strace is not installed");
        assertTrue(there, "CI needs strace");
    }

    /** The beginning of a command, with options, that runs what follows. */
    public static String[] command(Path log, String... options) {
        List<String> command = new ArrayList<>(List.of(BINARY.toString(), "-f", "--seccomp-bpf"));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", log.toString()));
        return command.toArray(String[]::new);
    }
}
