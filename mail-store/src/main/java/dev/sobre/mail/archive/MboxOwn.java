package dev.sobre.mail.archive;

import dev.sobre.mail.EmailId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The field that begins each message of an mbox that we wrote.
 *
 * @param fields how many further fields are ours
 * @param octets of the message in CRLF form, without those fields
 */
record MboxOwn(int fields, long octets, Instant date, Instant saved, EmailId email) {

    static final String FIELD = "X-Sobre: 1";

    private static final int WORDS = 7;

    static Optional<MboxOwn> parse(String line) {
        String[] word = line.split(" ");
        if (!line.startsWith(FIELD + " ") || word.length != WORDS) return Optional.empty();
        try {
            return Optional.of(
                    new MboxOwn(
                            Integer.parseInt(word[2]),
                            Long.parseLong(word[3]),
                            Instant.ofEpochMilli(Long.parseLong(word[4])),
                            Instant.ofEpochSecond(Long.parseLong(word[5])),
                            Journal.emailId(word[6])));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
