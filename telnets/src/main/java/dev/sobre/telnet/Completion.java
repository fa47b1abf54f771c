package dev.sobre.telnet;

import java.util.List;

/**
 * What may stand in place of a word that is being typed.
 *
 * @param word the word so far
 * @param candidates whole words that begin with it, in order
 */
record Completion(String word, List<String> candidates) {

    static final Completion NONE = new Completion("", List.of());

    Completion {
        candidates = List.copyOf(candidates);
    }

    /** What all candidates go on with after the word. */
    String common() {
        if (candidates.isEmpty()) return "";
        String common = candidates.getFirst();
        for (String candidate : candidates) {
            int same = 0;
            int most = Math.min(common.length(), candidate.length());
            while (same < most && common.charAt(same) == candidate.charAt(same)) same++;
            common = common.substring(0, same);
        }
        return common.substring(word.length());
    }
}
