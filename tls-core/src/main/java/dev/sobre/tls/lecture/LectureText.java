package dev.sobre.tls.lecture;

import java.util.ArrayList;
import java.util.List;

/** A lecture as lines for people. */
final class LectureText {
    private final List<String> lines = new ArrayList<>();

    static List<String> of(Lecture it) {
        var text = new LectureText();
        String asked = it.serverName().equals(it.host()) ? "" : ", asked for " + it.serverName();
        text.lines.add("TLS handshake with " + it.host() + ":" + it.port() + asked);
        text.lines.add("");
        text.lines.addAll(it.story().lines());
        if (!it.schedule().isEmpty()) text.schedule(it);
        text.lines.add("");
        text.lines.add(it.problem().map(p -> "Problem: " + p.sentence()).orElse(TRUSTED));
        return List.copyOf(text.lines);
    }

    private static final String TRUSTED =
            "The certificate is valid, for this name, and of somebody trusted here.";

    private void schedule(Lecture it) {
        lines.add("");
        lines.add("Key schedule (keep it to yourself: it opens all that this connection carried)");
        for (ToldSecret each : it.schedule()) {
            lines.add("");
            lines.add("  " + each.secret().name() + (each.used() ? "" : "  (*)"));
            lines.add("      = " + each.secret().from());
            lines.add("      " + each.secret().hex());
        }
        lines.add("");
        lines.add("Each value was worked out here, and is what the TLS client itself used.");
        lines.add("(*) worked out here alone: the client has no use for it.");
        lines.add("");
        lines.addAll(Remarks.on(it));
    }
}
