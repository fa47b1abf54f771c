package dev.sobre.smtp.relay;

import dev.sobre.mail.Aside;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reports that mail is in mailboxes of this very server, to those who asked (RFC 3461 §5.2.1). */
public record Receipts(String hostname, Returns returns) {

    /**
     * Writes a report.
     *
     * @param recipients those in mailboxes here, with what the sender wishes for them
     * @return sends it, when the mail has arrived; empty where nobody asked
     */
    public Optional<Runnable> write(
            DeliveryId mail, String sender, List<Entry> recipients, BlobSource body)
            throws IOException {
        List<Report.Line> lines = new ArrayList<>();
        for (int i = 0; i < recipients.size(); i++) {
            // Numbers beyond those of the spool's entries of the same mail.
            var line = new Report.Line(-1 - i, recipients.get(i), Outcome.Delivered.here());
            if (Report.Kind.DELIVERED.isWanted(line)) lines.add(line);
        }
        if (lines.isEmpty() || sender.isEmpty()) return Optional.empty();
        var report =
                new Report(hostname, Report.Kind.DELIVERED, mail, sender, lines, Instant.now());
        byte[] written = Aside.shared().run(() -> octets(report, body)); // a MiB of it, perhaps
        return Optional.of(() -> returns.bring(report.id(), sender, written));
    }

    private static byte[] octets(Report report, BlobSource body) throws IOException {
        try (var octets = body.open()) {
            return report.octets(new Outgoing(octets));
        }
    }
}
