package dev.sobre.smtp.relay;

import dev.sobre.mail.MailDate;
import dev.sobre.mail.Spool.Entry;
import dev.sobre.mail.Terms;

/** The part of a report that programs read: fields for the mail, then for each recipient. */
record DeliveryStatus(Report report) {

    /** RFC 3464 §2.2 for the mail, then §2.3 for each recipient. */
    String text() {
        Terms terms = report.lines().getFirst().entry().terms();
        var text = new StringBuilder();
        if (!terms.envelopeId().isEmpty()) {
            field(text, "Original-Envelope-Id", Report.clean(terms.envelopeId()));
        }
        field(text, "Reporting-MTA", "dns; " + report.hostname());
        field(text, "Arrival-Date", MailDate.of(terms.accepted()));
        terms.timing() // RFC 2852 §5
                .deliverBy()
                .ifPresent(by -> field(text, "Deliver-By-Date", MailDate.of(by.at())));
        terms.timing() // RFC 4865 §5.1.2
                .release()
                .ifPresent(release -> field(text, "Future-Release-Request", release.asked()));
        for (Report.Line line : report.lines()) recipient(text, line);
        return text.toString();
    }

    private void recipient(StringBuilder text, Report.Line line) {
        Entry entry = line.entry();
        text.append("\r\n");
        if (!entry.terms().originalRecipient().isEmpty()) {
            field(text, "Original-Recipient", originalRecipient(entry.terms()));
        }
        String type = Unitext.isAscii(entry.recipient()) ? "rfc822; " : "utf-8; "; // RFC 6533 §3
        field(text, "Final-Recipient", type + entry.recipient());
        field(text, "Action", report.kind().action());
        switch (line.outcome()) {
            case Outcome.Delivered d -> {
                field(text, "Status", "2.0.0");
                if (!d.host().isEmpty()) {
                    field(text, "Remote-MTA", "dns; " + remote(d.host()));
                    field(text, "Diagnostic-Code", "smtp; " + Report.clean(d.answer().toString()));
                }
            }
            case Outcome.Failed f -> {
                field(text, "Status", f.status());
                if (!f.host().isEmpty()) {
                    field(text, "Remote-MTA", "dns; " + remote(f.host()));
                    if (f.said().matches("[45]\\d\\d .*")) {
                        field(text, "Diagnostic-Code", "smtp; " + Report.clean(f.said()));
                    }
                }
            }
            case Outcome.Deferred _, Outcome.Waits _ -> {
                field(text, "Status", "4.4.7");
                field(text, "Will-Retry-Until", MailDate.of(entry.terms().expires()));
            }
        }
    }

    /** ORCPT, its type apart and without its xtext. */
    private String originalRecipient(Terms terms) {
        String[] parts = terms.originalRecipient().split(";", 2);
        if (parts.length < 2) return terms.originalRecipient();
        String address = Xtext.decode(parts[1]).map(Report::clean).orElse(parts[1]);
        if (!report.global()) return parts[0] + "; " + Unitext.encode(address);
        boolean unitext = parts[0].equalsIgnoreCase("utf-8"); // RFC 6533 §3
        return parts[0] + "; " + (unitext ? Unitext.decode(address) : address);
    }

    /** What servers answer may be in any letters; RFC 3464 §2.1 has ASCII alone. */
    private void field(StringBuilder text, String name, String value) {
        String said = report.global() ? value : value.replaceAll("[^\\x00-\\x7F]", "?");
        text.append(name).append(": ").append(said).append("\r\n");
    }

    /** The name of a server, which may be an address in brackets, without what follows it. */
    static String remote(String host) {
        return host.replaceFirst("(?<=.)\\[.*", "").replaceFirst(":\\d+$", "");
    }
}
