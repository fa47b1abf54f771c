package dev.sobre.mail.archive;

import dev.sobre.mail.Numbering;
import dev.sobre.mail.SpecialUse;
import java.util.Optional;

/**
 * A mailbox as an archive has it.
 *
 * @param place its file or folder, relative to the archive's
 * @param numbers how it numbered its messages, where that is known
 */
record ArchivedMailbox(
        String name,
        String place,
        Optional<Numbering> numbers,
        Optional<SpecialUse> use,
        boolean subscribed) {

    static ArchivedMailbox of(String name, String place, boolean subscribed) {
        return new ArchivedMailbox(name, place, Optional.empty(), Optional.empty(), subscribed);
    }
}
