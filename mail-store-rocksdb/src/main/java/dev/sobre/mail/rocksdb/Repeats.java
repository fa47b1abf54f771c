package dev.sobre.mail.rocksdb;

import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Repeat;
import dev.sobre.mail.Submission;
import java.time.Instant;
import java.util.List;

/** Who got which mail lately, so that what a client sends twice arrives once. */
final class Repeats {

    private static final byte[] NOTHING = {};

    private Instant forgotten = Instant.EPOCH;

    /** The mail for those who have not had it. */
    Submission fresh(Lookup lookup, Submission mail) {
        if (mail.repeat().isEmpty()) return mail;
        var repeat = mail.repeat().get();
        return mail.to(
                mail.local().stream().filter(to -> !hadAll(lookup, repeat, repeat.to(to))).toList(),
                mail.remote().stream()
                        .filter(to -> !had(lookup, repeat, repeat.to(to.recipient())))
                        .toList());
    }

    private static boolean hadAll(Lookup lookup, Repeat repeat, List<DeliveryId> recipients) {
        return recipients.stream().allMatch(mark -> had(lookup, repeat, mark));
    }

    private static boolean had(Lookup lookup, Repeat repeat, DeliveryId mark) {
        return lookup.get(Keys.repeat(repeat.since(), mark)).isPresent()
                || lookup.get(Keys.repeat(repeat.before(), mark)).isPresent();
    }

    /** Notes that they get it. */
    void note(Group group, Submission mail) {
        if (mail.repeat().isEmpty()) return;
        var repeat = mail.repeat().get();
        forget(group, repeat.before());
        for (var to : mail.local()) {
            repeat.to(to).forEach(mark -> note(group, repeat, mark));
        }
        for (var to : mail.remote()) note(group, repeat, repeat.to(to.recipient()));
    }

    private static void note(Group group, Repeat repeat, DeliveryId mark) {
        group.put(Keys.repeat(repeat.since(), mark), NOTHING);
    }

    /** Once in a window, what nobody asks for any more goes. */
    private void forget(Group group, Instant before) {
        if (!forgotten.isBefore(before)) return;
        group.deleteRange(Keys.prefix(Keys.REPEAT), Keys.repeats(before));
        group.afterwards(() -> forgotten = before);
    }
}
