package dev.sobre.smtp.relay;

import dev.sobre.mail.BlobReader;
import dev.sobre.mail.Spool.Claim;
import dev.sobre.mail.Spool.Entry;
import dev.sobre.mail.Terms;
import dev.sobre.mail.Terms.Notify;
import dev.sobre.smtp.relay.Outcome.Delivered.Told;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gives one mail to one server: MAIL, RCPT for each recipient, and the message. */
final class Transfer {

    private final Hop hop;
    private final Consignment mail;
    private final Outgoing body;
    private final Deadline deadline;
    private final Map<Claim, Outcome> outcomes = new LinkedHashMap<>();

    private Transfer(Hop hop, Consignment mail, Outgoing body, Instant now) {
        this.hop = hop;
        this.mail = mail;
        this.body = body;
        this.deadline = Deadline.of(mail.terms(), hop.features(), now);
    }

    /**
     * Gives it, signed, and says what became of it for each recipient; does not fail. When the
     * connection ends in the middle, those without an answer are deferred.
     */
    static Map<Claim, Outcome> give(
            Consignment mail, BlobReader stored, Hop hop, RelaySettings settings) {
        Map<Claim, Outcome> outcomes = new LinkedHashMap<>();
        try {
            var body = Outgoing.signed(stored, settings.signer(), settings.clock().instant());
            var transfer = new Transfer(hop, mail, body, settings.clock().instant());
            outcomes = transfer.outcomes;
            transfer.run();
        } catch (IOException e) {
            hop.spoilt();
            for (Claim claim : mail.claims()) {
                outcomes.putIfAbsent(
                        claim, new Outcome.Deferred(hop.host() + ": " + e.getMessage()));
            }
        }
        return outcomes;
    }

    private void run() throws IOException {
        hop.begin();
        Optional<Outcome> hopeless = hopeless();
        if (hopeless.isPresent()) {
            all(hopeless.get());
            return;
        }
        boolean pipelined = hop.features().has("PIPELINING");
        var commands = new ArrayList<String>();
        commands.add("MAIL FROM:<" + mail.sender() + ">" + mailParameters());
        for (Claim claim : mail.claims()) {
            Entry entry = claim.entry();
            commands.add("RCPT TO:<" + entry.recipient() + ">" + rcptParameters(entry.terms()));
        }
        if (pipelined) {
            hop.say(String.join("\r\n", commands));
        }
        Answer from = answer(commands.getFirst(), pipelined);
        List<Claim> takers = new ArrayList<>();
        for (int i = 0; i < mail.claims().size(); i++) {
            if (!from.positive() && !pipelined) break;
            Answer to = answer(commands.get(i + 1), pipelined);
            if (!from.positive()) continue;
            Claim claim = mail.claims().get(i);
            if (to.positive()) takers.add(claim);
            else outcomes.put(claim, refusedRecipient(to));
        }
        if (!from.positive()) all(Outcome.refused(hop.host(), from));
        if (takers.isEmpty()) {
            if (hop.usable()) hop.ask("RSET");
            return;
        }
        message(takers);
    }

    // RFC 5321 §4.5.3.1.10: 552 for too many recipients means 452.
    private Outcome refusedRecipient(Answer answer) {
        boolean tooMany = answer.code() == 552 && !answer.status().startsWith("5.2.");
        return tooMany
                ? new Outcome.Deferred(hop.host() + ": " + answer)
                : Outcome.refused(hop.host(), answer);
    }

    private Answer answer(String command, boolean pipelined) throws IOException {
        return pipelined ? hop.answer(hop.timeouts().command()) : hop.ask(command);
    }

    /** What this server could never take. */
    private Optional<Outcome> hopeless() throws IOException {
        Features can = hop.features();
        String host = hop.host().toString();
        if (body.length() > can.size()) { // RFC 1870 §6.2
            return Optional.of(
                    new Outcome.Failed(
                            host,
                            "5.3.4",
                            "it takes messages of up to " + can.size() + " octets only"));
        }
        // RFC 6531 §3.2: some clients say SMTPUTF8 always; a mail in ASCII goes without.
        if (mail.terms().utf8() && !can.has("SMTPUTF8")) { // §3.5
            if (!hasAsciiAddresses()) {
                return Optional.of(
                        new Outcome.Failed(host, "5.6.7", "it takes no addresses beyond ASCII"));
            }
            if (body.hasHeaderBeyondAscii()) {
                return Optional.of(
                        new Outcome.Failed(host, "5.6.9", "it takes no header beyond ASCII"));
            }
        }
        if (!can.has("8BITMIME") && body.has8bit()) { // RFC 6152 §3
            return Optional.of(
                    new Outcome.Failed(host, "5.6.3", "it takes no messages beyond ASCII"));
        }
        return deadline.refusal(host);
    }

    private boolean hasAsciiAddresses() {
        return Unitext.isAscii(mail.sender())
                && mail.claims().stream().allMatch(c -> Unitext.isAscii(c.entry().recipient()));
    }

    private String mailParameters() {
        Features can = hop.features();
        Terms terms = mail.terms();
        var text = new StringBuilder();
        if (can.has("SIZE")) text.append(" SIZE=").append(body.length());
        if (can.has("8BITMIME")) text.append(" BODY=8BITMIME");
        if (terms.utf8() && can.has("SMTPUTF8")) text.append(" SMTPUTF8");
        if (can.has("MT-PRIORITY")) {
            text.append(" MT-PRIORITY=").append(terms.priority()); // RFC 6710 §4.2: 0, too
        }
        text.append(deadline.parameter());
        if (can.has("DSN")) {
            switch (terms.returned()) {
                case UNSAID -> {}
                case FULL -> text.append(" RET=FULL");
                case HEADERS -> text.append(" RET=HDRS");
            }
            if (!terms.envelopeId().isEmpty()) {
                text.append(" ENVID=").append(Xtext.encode(terms.envelopeId()));
            }
        }
        return text.toString();
    }

    private String rcptParameters(Terms terms) {
        if (!hop.features().has("DSN")) return "";
        var text = new StringBuilder();
        var tellOf = deadline.tellOf(terms.tellOf());
        if (!tellOf.isEmpty()) {
            text.append(
                    tellOf.stream()
                            .sorted()
                            .map(Notify::name)
                            .collect(Collectors.joining(",", " NOTIFY=", "")));
        }
        if (!terms.originalRecipient().isEmpty()) {
            String to = terms.originalRecipient();
            boolean asIs = terms.utf8() && hop.features().has("SMTPUTF8");
            text.append(" ORCPT=").append(asIs ? to : Unitext.encode(to)); // RFC 6533 §3
        }
        return text.toString();
    }

    private void message(List<Claim> takers) throws IOException {
        Answer goOn = hop.ask("DATA");
        if (goOn.code() != 354) {
            takers.forEach(claim -> outcomes.put(claim, refusedMessage(goOn)));
            return;
        }
        body.sendDotted(hop);
        Answer end = hop.answer(hop.timeouts().end());
        var told = hop.features().has("DSN") ? Told.BY_THEM : Told.BY_US;
        if (deadline.isTold()) told = Told.BY_US_ANYWAY;
        String host = hop.host().toString();
        for (Claim claim : takers) {
            outcomes.put(
                    claim,
                    end.positive()
                            ? new Outcome.Delivered(host, end, told)
                            : Outcome.refused(hop.host(), end));
        }
    }

    private Outcome refusedMessage(Answer answer) {
        return answer.positive()
                ? new Outcome.Deferred(hop.host() + ": DATA is answered with " + answer)
                : Outcome.refused(hop.host(), answer);
    }

    private void all(Outcome outcome) {
        mail.claims().forEach(claim -> outcomes.put(claim, outcome));
    }
}
