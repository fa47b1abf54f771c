package dev.sobre.telnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The commands by name: the embedder's, {@code help} and {@code quit}. */
final class CommandTable {

    private final SortedMap<String, Command> commands = new TreeMap<>();

    CommandTable(List<Command> given) {
        given.forEach(this::add);
        add(new Help(this));
        add(new Quit());
    }

    Optional<Command> find(String name) {
        return Optional.ofNullable(commands.get(name));
    }

    List<Command> all() {
        return List.copyOf(commands.values());
    }

    List<String> names() {
        return List.copyOf(commands.keySet());
    }

    /** Completes the last word of a line; quoted words are left alone. */
    Completion complete(String line) {
        var words = new ArrayList<>(List.of(line.stripLeading().split("\\s+", -1)));
        String word = words.getLast();
        boolean first = words.size() == 1;
        List<String> all =
                first
                        ? names()
                        : find(words.removeFirst())
                                .map(command -> command.complete(List.copyOf(words)))
                                .orElse(List.of());
        return new Completion(
                word, all.stream().filter(candidate -> candidate.startsWith(word)).toList());
    }

    private void add(Command command) {
        if (commands.putIfAbsent(command.name(), command) != null) {
            throw new IllegalArgumentException("two commands are named " + command.name());
        }
    }
}
