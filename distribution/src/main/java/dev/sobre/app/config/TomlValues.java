package dev.sobre.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The values of a TOML file, read by type; whatever is wrong names its line. */
final class TomlValues {

    private static final long LARGEST_FILE = 1 << 20;

    private final Path file;
    private final TomlTable toml;
    private final int line;
    private final Set<String> known = new TreeSet<>();

    private TomlValues(Path file, TomlTable toml, int line) {
        this.file = file;
        this.toml = toml;
        this.line = line;
    }

    static TomlValues read(Path file) throws ConfigurationError {
        TomlParseResult toml;
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new ConfigurationError(file + ": is larger than 1 MiB");
            }
            toml = Toml.parse(Files.readString(file));
        } catch (IOException e) {
            throw new ConfigurationError(
                    file + ": can't be read as UTF-8 text; `sobre init` writes a home with one");
        }
        if (!toml.errors().isEmpty()) {
            var error = toml.errors().getFirst();
            throw new ConfigurationError(
                    file + ":" + error.position().line() + ": " + error.getMessage());
        }
        return new TomlValues(file, toml, 1);
    }

    Optional<String> text(String key, String accepted) throws ConfigurationError {
        var value = value(key);
        if (value.isEmpty()) return Optional.empty();
        if (value.get() instanceof String text) return Optional.of(text);
        throw wrong(key, accepted);
    }

    /** One of some words. */
    String choice(String key, String standard, List<String> words) throws ConfigurationError {
        String accepted = "\"" + String.join("\", \"", words) + "\"";
        String word = text(key, accepted).orElse(standard);
        if (!words.contains(word)) throw wrong(key, accepted);
        return word;
    }

    /** The tables that are written as {@code [[key]]}, each read and checked for itself. */
    List<TomlValues> tables(String key) throws ConfigurationError {
        var value = value(key);
        if (value.isEmpty()) return List.of();
        if (!(value.get() instanceof TomlArray array))
            throw wrong(key, "tables, as [[" + key + "]]");
        var tables = new ArrayList<TomlValues>();
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof TomlTable table)) {
                throw wrong(key, "tables, as [[" + key + "]]");
            }
            tables.add(new TomlValues(file, table, array.inputPositionOf(i).line()));
        }
        return tables;
    }

    long number(String key, long least, long most, long standard) throws ConfigurationError {
        var value = value(key);
        if (value.isEmpty()) return standard;
        if (value.get() instanceof Long number && number >= least && number <= most) return number;
        throw wrong(key, "whole numbers from " + least + " to " + most);
    }

    boolean flag(String key, boolean standard) throws ConfigurationError {
        var value = value(key);
        if (value.isEmpty()) return standard;
        if (value.get() instanceof Boolean flag) return flag;
        throw wrong(key, "true, false");
    }

    /** A time such as "12h", "30m" or "20s". */
    Duration duration(String key, Duration standard) throws ConfigurationError {
        String accepted = "times such as \"12h\", \"30m\", \"20s\"";
        var value = text(key, accepted);
        if (value.isEmpty()) return standard;
        if (!value.get().matches("[0-9]{1,6}[hms]")) throw wrong(key, accepted);
        return Duration.parse("PT" + value.get().toUpperCase(Locale.ROOT));
    }

    List<String> texts(String key, String accepted, List<String> standard)
            throws ConfigurationError {
        var value = value(key);
        if (value.isEmpty()) return standard;
        if (!(value.get() instanceof TomlArray array)) throw wrong(key, accepted);
        var texts = new ArrayList<String>();
        for (Object item : array.toList()) {
            if (!(item instanceof String text)) throw wrong(key, accepted);
            texts.add(text);
        }
        return texts;
    }

    /** One text, or a list of them. */
    List<String> textOrTexts(String key, String accepted) throws ConfigurationError {
        return value(key).orElse("") instanceof String
                ? text(key, accepted).stream().toList()
                : texts(key, accepted, List.of());
    }

    /** A table of texts, its keys as they are in quotes. */
    Map<String, String> table(String key, String accepted) throws ConfigurationError {
        var value = value(key);
        if (value.isEmpty()) return Map.of();
        if (!(value.get() instanceof TomlTable table)) throw wrong(key, accepted);
        toml.dottedKeySet(true).stream().filter(k -> k.startsWith(key + ".")).forEach(known::add);
        var texts = new LinkedHashMap<String, String>();
        for (String each : table.keySet()) {
            if (!(table.get(List.of(each)) instanceof String text)) {
                throw wrong(key, each, accepted);
            }
            texts.put(each, text);
        }
        return texts;
    }

    /** An entry of a table. */
    ConfigurationError wrong(String key, String entry, String accepted) {
        var table = Objects.requireNonNull(toml.getTable(key));
        var position = table.inputPositionOf(List.of(entry));
        int line = position == null ? 1 : position.line();
        return new ConfigurationError(
                "%s:%d: `%s` can't have \"%s\"; accepted are %s"
                        .formatted(file, line, key, entry, accepted));
    }

    /** Whether a path, relative to this file's directory or absolute, could name a file. */
    boolean hasDirectory(String path) {
        Path directory = file.toAbsolutePath().resolveSibling(path).getParent();
        return directory != null && Files.isDirectory(directory);
    }

    ConfigurationError wrong(String key, String accepted) {
        return new ConfigurationError(
                place(key) + "`" + key + "` can't be that; accepted values are " + accepted);
    }

    /** A value whose trouble needs a sentence of its own. */
    ConfigurationError bad(String key, String sentence) {
        return new ConfigurationError(place(key) + "`" + key + "` can't be that: " + sentence);
    }

    boolean has(String key) {
        return toml.contains(key);
    }

    ConfigurationError missing(String key, String accepted) {
        return new ConfigurationError(
                file + ":" + line + ": `" + key + "` is missing; accepted values are " + accepted);
    }

    /** To be called when all has been read: what nobody asked for is a mistake. */
    void refuseOthers() throws ConfigurationError {
        for (String key : toml.dottedKeySet(true)) {
            boolean table = known.stream().anyMatch(k -> k.startsWith(key + "."));
            if (known.contains(key) || (table && toml.isTable(key))) continue;
            throw new ConfigurationError(
                    place(key)
                            + "there is no setting `"
                            + key
                            + "`; accepted values are "
                            + String.join(", ", known));
        }
    }

    private Optional<Object> value(String key) {
        known.add(key);
        return Optional.ofNullable(toml.contains(key) ? toml.get(key) : null);
    }

    private String place(String key) {
        return (has(key) ? where(key) : file + ":" + line) + ": ";
    }

    /** The line of a key; the file alone where it has none. */
    String where(String key) {
        var position = toml.inputPositionOf(key);
        return position == null ? file.toString() : file + ":" + position.line();
    }
}
