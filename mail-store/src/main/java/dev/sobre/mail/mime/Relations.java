package dev.sobre.mail.mime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * What a message says of its kin. RFC 5322 §3.6.4; RFC 8474 §5.2.
 *
 * @param ids its own Message-ID, what it answers, then its References, the nearest first; at most
 *     {@value #MOST_IDS}
 * @param subject its base subject in lower case, where there is one
 * @param reply whether the subject is that of a reply or a forward
 */
public record Relations(List<String> ids, Optional<String> subject, boolean reply) {

    static final int MOST_IDS = 12;
    private static final int MOST_REFERENCES = 10;
    private static final int LONGEST_ID = 998; // RFC 5322 §2.1.1: no line is longer

    public Relations {
        ids = List.copyOf(ids);
    }

    static Relations of(Optional<MessageEnvelope> envelope, Optional<String> references) {
        SequencedSet<String> ids = new LinkedHashSet<>();
        envelope.flatMap(MessageEnvelope::messageId)
                .map(Relations::ids)
                .ifPresent(own -> own.stream().limit(1).forEach(ids::add));
        envelope.flatMap(MessageEnvelope::inReplyTo)
                .map(Relations::ids)
                .ifPresent(one -> one.reversed().stream().limit(1).forEach(ids::add));
        references
                .map(Relations::ids)
                .ifPresent(all -> all.reversed().stream().limit(MOST_REFERENCES).forEach(ids::add));
        Optional<BaseSubject> subject =
                envelope.flatMap(MessageEnvelope::subject).map(BaseSubject::of);
        return new Relations(
                List.copyOf(ids),
                subject.map(s -> s.text().toLowerCase(Locale.ROOT)).filter(s -> !s.isEmpty()),
                subject.map(BaseSubject::reply).orElse(false));
    }

    /** What stands between angle brackets, without white space. */
    private static List<String> ids(String field) {
        List<String> ids = new ArrayList<>();
        int open = field.lastIndexOf('<');
        int end = field.length();
        while (open >= 0 && ids.size() < MOST_IDS) {
            int close = field.indexOf('>', open, Math.min(end, open + LONGEST_ID));
            if (close > open + 1) {
                ids.addFirst(field.substring(open + 1, close).replaceAll("\\s+", ""));
            }
            end = open;
            open = open == 0 ? -1 : field.lastIndexOf('<', open - 1);
        }
        return ids;
    }
}
