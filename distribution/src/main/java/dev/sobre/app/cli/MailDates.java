package dev.sobre.app.cli;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The form of dates in mails, RFC 5322 §3.3. */
final class MailDates {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);

    private MailDates() {}

    static String now() {
        return FORM.format(ZonedDateTime.now(ZoneId.systemDefault()));
    }
}
