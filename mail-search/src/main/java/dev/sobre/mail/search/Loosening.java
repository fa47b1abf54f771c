package dev.sobre.mail.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a key means when it need not match exactly (RFC 6203): the words of a text in any order,
 * then how they begin, so that other endings will do, then a half of each, so that one letter may
 * be wrong, then any of the words. Keys that have no text mean what they say.
 */
public final class Loosening {

    /** Of a text so many words are looked at. */
    private static final int MOST_WORDS = 8;

    /** A part of a word that is shorter is in too many others. */
    private static final int SHORTEST = 3;

    private Loosening() {}

    /** The key itself, then looser ones; each matches what those before it match, and more. */
    public static List<SearchKey> steps(SearchKey key) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> keys) -> together(keys, SearchKey.And::new);
            case SearchKey.Or(List<SearchKey> keys) -> together(keys, SearchKey.Or::new);
            case SearchKey.Header(String field, String text) ->
                    steps(text, each -> new SearchKey.Header(field, each));
            case SearchKey.Body(String text) -> steps(text, SearchKey.Body::new);
            case SearchKey.Text(String text) -> steps(text, SearchKey.Text::new);
            default -> List.of(key);
        };
    }

    private static List<SearchKey> together(
            List<SearchKey> keys, Function<List<SearchKey>, SearchKey> joined) {
        var each = keys.stream().map(Loosening::steps).toList();
        int most = each.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, most)
                .mapToObj(i -> joined.apply(each.stream().map(steps -> at(i, steps)).toList()))
                .toList();
    }

    private static SearchKey at(int step, List<SearchKey> steps) {
        return steps.get(Math.min(step, steps.size() - 1));
    }

    private static List<SearchKey> steps(String text, Function<String, SearchKey> key) {
        var words =
                Stream.of(text.strip().split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .limit(MOST_WORDS)
                        .toList();
        List<SearchKey> steps = new ArrayList<>();
        steps.add(key.apply(text));
        if (words.isEmpty()) return steps;
        List<SearchKey> halves = each(words, word -> half(word, key));
        add(new SearchKey.And(each(words, key)), steps);
        add(new SearchKey.And(each(words, word -> key.apply(beginning(word)))), steps);
        add(new SearchKey.And(halves), steps);
        add(new SearchKey.Or(halves), steps);
        return steps;
    }

    private static List<SearchKey> each(List<String> words, Function<String, SearchKey> key) {
        return words.stream().map(key).toList();
    }

    /**
     * A step that is the one before it again, since there is one word or they are short, is none.
     */
    private static void add(SearchKey step, List<SearchKey> steps) {
        var plain = plain(step);
        if (!plain.equals(steps.getLast())) steps.add(plain);
    }

    private static SearchKey plain(SearchKey key) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> keys) when keys.size() == 1 -> keys.getFirst();
            case SearchKey.Or(List<SearchKey> keys) when keys.size() == 1 -> keys.getFirst();
            default -> key;
        };
    }

    /** Two thirds of a word. */
    private static String beginning(String word) {
        int letters = word.codePointCount(0, word.length());
        return part(word, 0, Math.max(SHORTEST, (2 * letters + 2) / 3));
    }

    private static SearchKey half(String word, Function<String, SearchKey> key) {
        int letters = word.codePointCount(0, word.length());
        if (letters < 2 * SHORTEST) return key.apply(beginning(word));
        String first = part(word, 0, letters / 2);
        String second = part(word, letters / 2, letters);
        return new SearchKey.Or(key.apply(first), key.apply(second));
    }

    private static String part(String word, int from, int to) {
        int letters = word.codePointCount(0, word.length());
        int begin = word.offsetByCodePoints(0, from);
        return word.substring(begin, word.offsetByCodePoints(0, Math.min(to, letters)));
    }
}
