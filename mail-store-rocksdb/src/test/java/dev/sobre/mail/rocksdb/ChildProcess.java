package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process that runs a program of these tests. */
public final class ChildProcess {

    private ChildProcess() {}

    /**
     * Starts one, whose errors are shown with the test's.
     *
     * @param before what comes before the java command
     * @param options of the virtual machine
     */
    public static Process start(
            List<String> before, List<String> options, Class<?> program, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        for (Object each : arguments) command.add(each.toString());
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
