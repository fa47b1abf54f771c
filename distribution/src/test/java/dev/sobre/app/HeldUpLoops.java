package dev.sobre.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Records what event loops must not do, nor the sessions that they carry: work on files of a
 * directory, or wait where Java can't take a virtual thread off its carrier.
 */
final class HeldUpLoops implements AutoCloseable {

    private static final List<String> WORK =
            List.of("jdk.FileRead", "jdk.FileWrite", "jdk.FileForce");
    private static final String WAIT = "jdk.VirtualThreadPinned";
    private static final Pattern CARRIED = Pattern.compile("(imaps|pop3s|smtps)-\\d+|sobre-io-.*");

    private final Recording recording = new Recording();
    private final Path directory;

    HeldUpLoops(Path directory) {
        this.directory = directory.toAbsolutePath();
        WORK.forEach(name -> recording.enable(name).withoutThreshold().withStackTrace());
        recording.enable(WAIT).withoutThreshold().withStackTrace();
        recording.start();
    }

    /** Ends the recording. */
    List<String> seen() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("loops", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(this::isMeant)
                    .map(RecordedEvent::toString)
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private boolean isMeant(RecordedEvent event) {
        var thread = event.getThread();
        if (thread == null || thread.getJavaName() == null) return false;
        if (!CARRIED.matcher(thread.getJavaName()).matches()) return false;
        if (event.getEventType().getName().equals(WAIT)) return true;
        String path = event.getString("path");
        return path != null && Path.of(path).toAbsolutePath().startsWith(directory);
    }

    @Override
    public void close() {
        recording.close();
    }
}
