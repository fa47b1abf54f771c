package dev.sobre.mail.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Records which threads read, write and sync the files of a directory. */
final class DiskWaits implements AutoCloseable {

    private static final List<String> EVENTS =
            List.of("jdk.FileRead", "jdk.FileWrite", "jdk.FileForce");

    private final Recording recording = new Recording();
    private final Path directory;

    private DiskWaits(Path directory) {
        this.directory = directory;
    }

    static DiskWaits in(Path directory) {
        var waits = new DiskWaits(directory.toAbsolutePath());
        EVENTS.forEach(name -> waits.recording.enable(name).withoutThreshold());
        waits.recording.start();
        return waits;
    }

    /** Ends the recording, and gives what was done, as a text each. */
    List<String> ofThreads(boolean virtual) throws IOException {
        recording.stop();
        Path dump = Files.createTempFile(directory, "waits", ".jfr");
        recording.dump(dump);
        return RecordingFile.readAllEvents(dump).stream()
                .filter(e -> e.getThread() != null && e.getThread().isVirtual() == virtual)
                .flatMap(this::described)
                .toList();
    }

    private Stream<String> described(RecordedEvent event) {
        String path = event.getString("path");
        boolean ours = path != null && Path.of(path).toAbsolutePath().startsWith(directory);
        return ours ? Stream.of(event.getEventType().getName() + " of " + path) : Stream.empty();
    }

    @Override
    public void close() {
        recording.close();
    }
}
