package dev.sobre.mail.rocksdb;

import dev.sobre.mail.rocksdb.Finding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the files of the metadata as such: are their checksums right? */
final class CheckFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CheckFiles.class);

    private final Home home;
    private final Report report;
    private boolean good = true;

    CheckFiles(Home home, Report report) {
        this.home = home;
        this.report = report;
    }

    /** The mark of the format. */
    void format() throws IOException {
        Path mark = home.root.resolve(Home.MARK);
        if (!read(mark).equals(Home.FORMAT)) {
            report.file(Kind.FORMAT, mark, "it does not name the format of a mail store");
        }
    }

    /** The metadata's list of files, to which nobody writes. */
    void current() {
        try {
            list();
        } catch (IOException e) {
            bad(home.engine, "its list of files can't be read: " + e.getMessage());
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            LOG.debug("missing", e);
            return "";
        }
    }

    private void list() throws IOException {
        Path current = home.engine.resolve("CURRENT");
        String name = read(current);
        if (!ManifestEnd.NAME.matcher(name).matches()) {
            bad(current, "it does not name a list of the metadata's files");
            return;
        }
        Path manifest = home.engine.resolve(name.strip());
        if (!Files.exists(manifest)) {
            bad(current, "it names " + name.strip() + ", which is missing");
            return;
        }
        long good = ManifestEnd.of(manifest);
        if (good < Files.size(manifest)) bad(manifest, "it is damaged at octet " + good);
    }

    /** All tables there are, each block of them. */
    void tables(Options options) throws IOException {
        for (Path table : home.tables()) table(options, table);
    }

    /** The tables that are in use. Others are being written, or were when a process ended. */
    void tables(Options options, Collection<String> names) {
        for (String name : names) table(options, home.engine.resolve(name));
    }

    private void table(Options options, Path table) {
        try (var reader = new SstFileReader(options)) {
            reader.open(table.toString());
            reader.verifyChecksum();
            report.done(Files.size(table));
        } catch (RocksDBException e) {
            if (Files.exists(table)) bad(table, "it is damaged: " + words(e));
        } catch (IOException e) {
            LOG.debug("the engine has just removed {}", table, e);
        }
    }

    /** What the engine says, without the directory, which it likes to name. */
    String words(RocksDBException e) {
        return Shadow.named(String.valueOf(e.getMessage())).replace(home.root + "/", "");
    }

    void bad(Path file, String what) {
        good = false;
        report.file(Kind.METADATA_FILE, file, what);
    }

    /** Whether nothing was wrong so far. */
    boolean good() {
        return good;
    }

    /** Says how much there is to be looked at; a running engine removes tables meanwhile. */
    void expect() throws IOException {
        for (Path table : home.tables()) {
            try {
                report.expect(Files.size(table));
            } catch (NoSuchFileException e) {
                LOG.debug("the engine has just removed {}", table, e);
            }
        }
    }
}
