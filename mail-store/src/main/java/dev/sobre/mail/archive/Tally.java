package dev.sobre.mail.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Counts what becomes of a run, and tells whoever watches it. */
final class Tally {

    private static final int MOST_NOTES = 1000;

    private final Progress progress;
    private final List<PassedOver> examples = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String mailbox = "";
    private int mailboxes;
    private long messages;
    private long octets;
    private long there;
    private long deleted;
    private long passedOver;

    Tally(Progress progress) {
        this.progress = progress;
    }

    void begin(String name) throws IOException {
        mailbox = name;
        mailboxes++;
        at(octets);
    }

    void took(long size) {
        messages++;
        octets += size;
    }

    void wasThere() {
        there++;
    }

    void wasDeleted() {
        deleted++;
    }

    /** Says how far it is; {@code done} octets. */
    void at(long done) throws IOException {
        progress.at(mailbox, messages + there, done);
    }

    long octets() {
        return octets;
    }

    void passOver(String where, String reason) throws IOException {
        var what = new PassedOver(where, reason);
        passedOver++;
        if (examples.size() < Summary.EXAMPLES) examples.add(what);
        progress.passedOver(what);
    }

    void note(String text) throws IOException {
        if (notes.size() < MOST_NOTES) notes.add(text);
        progress.note(text);
    }

    Summary summary() {
        return new Summary(
                mailboxes, messages, octets, there, deleted, passedOver, examples, notes);
    }
}
