package dev.sobre.mail.archive;

import java.util.List;

/**
 * What became of an export or import.
 *
 * @param messages that were taken
 * @param octets their sizes together
 * @param there that were there from an earlier run
 * @param deleted that an earlier run had brought and that were deleted since
 * @param passedOver how many were not taken
 * @param examples the first of those, at most {@link #EXAMPLES}
 * @param notes what else to know
 */
public record Summary(
        int mailboxes,
        long messages,
        long octets,
        long there,
        long deleted,
        long passedOver,
        List<PassedOver> examples,
        List<String> notes) {

    public static final int EXAMPLES = 1000;

    public Summary {
        examples = List.copyOf(examples);
        notes = List.copyOf(notes);
    }
}
