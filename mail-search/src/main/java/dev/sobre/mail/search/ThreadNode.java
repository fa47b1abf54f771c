package dev.sobre.mail.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A message in a conversation, or what several without a common parent hang on, and the answers.
 */
public final class ThreadNode {

    private final long uid;
    private final List<ThreadNode> children = new ArrayList<>(1);

    /**
     * @param uid 0 for none
     */
    ThreadNode(long uid) {
        this.uid = uid;
    }

    /** Whether it is no message: its parent is not there. It has two children or more. */
    public boolean isDummy() {
        return uid == 0;
    }

    /** 0 of a dummy. */
    public long uid() {
        return uid;
    }

    public List<ThreadNode> children() {
        return Collections.unmodifiableList(children);
    }

    List<ThreadNode> own() {
        return children;
    }
}
