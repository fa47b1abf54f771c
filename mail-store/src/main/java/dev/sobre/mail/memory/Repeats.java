package dev.sobre.mail.memory;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Repeat;
import dev.sobre.mail.Submission;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Who got which mail lately, so that what a client sends twice arrives once. */
final class Repeats {

    private static final int REMEMBERED = 100_000;

    /** Marks, with the beginnings of their windows. */
    private final Map<DeliveryId, Instant> marks = Recent.of(REMEMBERED);

    /** The mail for those who have not had it. */
    Submission fresh(Submission mail) {
        if (mail.repeat().isEmpty()) return mail;
        var repeat = mail.repeat().get();
        return mail.to(
                mail.local().stream().filter(to -> !hadAll(repeat, repeat.to(to))).toList(),
                mail.remote().stream()
                        .filter(to -> !had(repeat, repeat.to(to.recipient())))
                        .toList());
    }

    private boolean hadAll(Repeat repeat, List<DeliveryId> recipients) {
        return recipients.stream().allMatch(mark -> had(repeat, mark));
    }

    private boolean had(Repeat repeat, DeliveryId mark) {
        return !marks.getOrDefault(mark, Instant.MIN).isBefore(repeat.before());
    }

    /** Notes that they get it. */
    void note(Submission mail) {
        if (mail.repeat().isEmpty()) return;
        var repeat = mail.repeat().get();
        for (var to : mail.local()) {
            repeat.to(to).forEach(mark -> marks.put(mark, repeat.since()));
        }
        for (var to : mail.remote()) marks.put(repeat.to(to.recipient()), repeat.since());
    }
}
