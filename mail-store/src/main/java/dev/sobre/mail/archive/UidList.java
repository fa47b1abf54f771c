package dev.sobre.mail.archive;

import dev.sobre.mail.Numbering;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The UIDs of a Maildir folder's messages, as Dovecot's list of them says, version 1 or 3. */
final class UidList {

    /** A list of nothing. */
    static final UidList NONE = new UidList(Map.of(), Optional.empty());

    // By 64 bits of the file's name, which is all that a million names leave room for.
    private final Map<Long, Integer> uids;
    private final Optional<Numbering> numbers;

    private UidList(Map<Long, Integer> uids, Optional<Numbering> numbers) {
        this.uids = uids;
        this.numbers = numbers;
    }

    static UidList read(Path folder) throws IOException {
        Path file = folder.resolve(Dovecot.UID_LIST);
        if (!Folders.isFile(file)) return NONE;
        Map<Long, Integer> uids = new HashMap<>();
        try (var lines = Lines.of(file)) {
            String first = lines.line();
            var numbers = first == null ? Optional.<Numbering>empty() : numbers(first);
            for (String line = lines.line(); line != null; line = lines.line()) {
                int space = line.indexOf(' ');
                int colon = line.indexOf(" :");
                String name = line.substring((colon < 0 ? space - 1 : colon) + 2);
                long uid = space < 1 ? 0 : number(line.substring(0, space));
                if (uid >= 1 && uid <= UidSet.HIGHEST) {
                    uids.put(hash(MaildirFile.base(name)), (int) uid);
                }
            }
            return new UidList(uids, numbers);
        }
    }

    /** The UID of a file; 0 when it has none. */
    long uid(String base) {
        return Integer.toUnsignedLong(uids.getOrDefault(hash(base), 0));
    }

    Optional<Numbering> numbers() {
        return numbers;
    }

    private static Optional<Numbering> numbers(String first) {
        long validity = 0;
        long next = 0;
        String[] words = first.split(" ");
        if (words[0].equals("1") && words.length >= 3) {
            validity = number(words[1]);
            next = number(words[2]);
        }
        for (String word : words) {
            if (word.startsWith("V")) validity = number(word.substring(1));
            if (word.startsWith("N")) next = number(word.substring(1));
        }
        return numbers(validity, next);
    }

    /**
     * The numbers of a mailbox whose MODSEQs nobody tells. More changes than one for each second
     * since 1970 are not to be expected of it.
     */
    static Optional<Numbering> numbers(long validity, long next) {
        boolean sound =
                validity >= 1 && validity <= UidSet.HIGHEST && next >= 1 && next <= UidSet.HIGHEST;
        return sound
                ? Optional.of(new Numbering(validity, next, Instant.now().getEpochSecond()))
                : Optional.empty();
    }

    /** A number; 0 for what is none. */
    static long number(String digits) {
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
    }

    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L; // FNV-1a
        for (int i = 0; i < name.length(); i++) hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        return hash;
    }
}
