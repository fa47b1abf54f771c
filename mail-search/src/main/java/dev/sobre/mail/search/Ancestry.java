package dev.sobre.mail.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is whose parent, of messages and of those that are referred to and not there. RFC 5256 §3,
 * REFERENCES, step 1. Nodes are numbered as they are met; links are arrays, and a link costs no
 * more in a long chain than in a short one.
 */
final class Ancestry {

    static final int NONE = -1;

    /** A link that might close a loop further up than this is not made. */
    private static final int HIGHEST = 1000;

    private final Map<String, Integer> nodes = new HashMap<>();
    private int[] parent = new int[64];
    private int[] children = new int[64]; // how many
    private int[] message = new int[64]; // which of the messages it is, or NONE
    private int count;

    /** How many nodes there are. */
    int size() {
        return count;
    }

    /** Which message a node is, by the number it was added with, or {@link #NONE}. */
    int message(int node) {
        return message[node];
    }

    /**
     * Adds a message.
     *
     * @param id empty for none
     * @param references its ancestors, the eldest first
     */
    void add(int number, String id, List<String> references) {
        int before = NONE;
        for (String each : references) {
            int node = nodes.computeIfAbsent(each, e -> node(NONE));
            // 1.A: a parent that is known stays, for the field may have been cut.
            if (before != NONE && parent[node] == NONE) link(before, node);
            before = node;
        }
        int own = own(number, id);
        // 1.B: but the last reference is the parent, whatever others said.
        if (parent[own] != NONE) unlink(own);
        if (before != NONE) link(before, own);
    }

    /** A message has the node of its id, unless another message has it already. */
    private int own(int number, String id) {
        if (id.isEmpty()) return node(number);
        Integer known = nodes.get(id);
        if (known != null && message[known] != NONE) return node(number);
        int own = known == null ? node(number) : known;
        message[own] = number;
        nodes.put(id, own);
        return own;
    }

    private int node(int number) {
        if (count == parent.length) {
            parent = Arrays.copyOf(parent, 2 * count);
            children = Arrays.copyOf(children, 2 * count);
            message = Arrays.copyOf(message, 2 * count);
        }
        parent[count] = NONE;
        message[count] = number;
        return count++;
    }

    private void link(int above, int below) {
        if (above == below || mayDescend(above, below)) return;
        parent[below] = above;
        children[above]++;
    }

    private void unlink(int below) {
        children[parent[below]]--;
        parent[below] = NONE;
    }

    private boolean mayDescend(int node, int from) {
        if (children[from] == 0) return false;
        int at = parent[node];
        for (int steps = 0; at != NONE; steps++) {
            if (at == from || steps == HIGHEST) return true;
            at = parent[at];
        }
        return false;
    }

    /**
     * The nearest ancestor of a node that stays when those that are not there are taken out: a
     * message, or the eldest of all. {@link #NONE} when it has no parent. Step 3.
     */
    int above(int node) {
        int at = parent[node];
        while (at != NONE && message[at] == NONE && parent[at] != NONE) at = parent[at];
        // Whoever asks next, from below or beside, finds the way short.
        for (int below = node; parent[below] != at; ) {
            int next = parent[below];
            parent[below] = at;
            below = next;
        }
        return at;
    }
}
