package dev.sobre.mail.rocksdb;

import dev.sobre.mail.StoreException;
import dev.sobre.mail.StoreException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The file that makes a backup whole: it is written last, and says what belongs to it.
 *
 * @param taken when
 * @param metadata the directory that holds the metadata
 * @param segments the lengths of the segments by their numbers
 * @param lacking the numbers of those whose copies lack what the disk could not read
 */
record BackupManifest(
        Instant taken, String metadata, SortedMap<Long, Long> segments, Set<Long> lacking) {

    private static final String NAME = "BACKUP";
    private static final String FORMAT = "sobre-mail-backup 2";
    private static final String LACKING = " lacking";

    /** Reads a directory's; empty where there is none. */
    static Optional<BackupManifest> read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        try {
            return Optional.of(parse(Files.readString(file, StandardCharsets.US_ASCII)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreException(Reason.DAMAGED, file + " is not what a backup wrote", e);
        }
    }

    private static BackupManifest parse(String text) {
        int end = text.lastIndexOf("sum ");
        int sum = Integer.parseUnsignedInt(text.substring(end + 4).strip(), 16);
        if (sum != sum(text.substring(0, end))) throw new DateTimeException("a wrong checksum");
        List<String> lines = new ArrayList<>(text.substring(0, end).lines().toList());
        if (!lines.removeFirst().equals(FORMAT)) {
            throw new StoreException(
                    Reason.REFUSED,
                    "the backup was written in a format that this version does not know");
        }
        var taken = Instant.parse(word(lines.removeFirst(), 1));
        String metadata = word(lines.removeFirst(), 1);
        var segments = new TreeMap<Long, Long>();
        var lacking = new TreeSet<Long>();
        for (String line : lines) {
            long number = Long.parseLong(word(line, 1));
            segments.put(number, Long.parseLong(word(line, 2)));
            if (line.endsWith(LACKING)) lacking.add(number);
        }
        return new BackupManifest(taken, metadata, segments, lacking);
    }

    private static String word(String line, int index) {
        return line.split(" ", -1)[index];
    }

    private static int sum(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return SegmentFormat.crc(octets, 0, octets.length);
    }

    /** Makes a backup whole: when this returns, it is, whatever happens. */
    void write(Path directory) throws IOException {
        var text = new StringBuilder(FORMAT).append('\n');
        text.append("taken ").append(taken).append('\n');
        text.append("metadata ").append(metadata).append('\n');
        segments.forEach(
                (number, length) ->
                        text.append("segment ")
                                .append(number)
                                .append(' ')
                                .append(length)
                                .append(lacking.contains(number) ? LACKING : "")
                                .append('\n'));
        int sum = sum(text.toString());
        text.append("sum ").append(Integer.toHexString(sum)).append('\n');
        Home.write(directory, NAME, text.toString());
    }
}
