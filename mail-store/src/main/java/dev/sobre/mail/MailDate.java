package dev.sobre.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as the fields of mails have it, in UTC. RFC 5322 §3.3. */
public final class MailDate {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private MailDate() {}

    public static String of(Instant time) {
        return FORM.format(time);
    }
}
