package dev.sobre.smtp;

/**
 * How much may be sent within any hour.
 *
 * @param mails that are begun; 0 for no limit
 * @param recipients that are tried, whether taken or refused; 0 for no limit
 */
public record PerHour(int mails, int recipients) {

    public static final PerHour UNLIMITED = new PerHour(0, 0);

    public PerHour {
        if (mails < 0 || recipients < 0) throw new IllegalArgumentException("a limit below zero");
    }
}
