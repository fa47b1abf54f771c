package dev.sobre.smtp;

/**
 * How much a user may send.
 *
 * @param octets of the largest message, as the client sends it
 * @param recipients of one mail; RFC 5321 §4.5.3.1.8 asks for 100 at least
 */
public record Allowance(long octets, int recipients) {

    public Allowance {
        if (octets < 64 * 1024 || recipients < 100) {
            throw new IllegalArgumentException("a limit is too small for mail");
        }
    }

    /** Messages of up to 50 MiB to up to 1,000 recipients. */
    public static Allowance standard() {
        return new Allowance(50L * 1024 * 1024, 1000);
    }

    public Allowance withOctets(long most) {
        return new Allowance(most, recipients);
    }

    public Allowance withRecipients(int most) {
        return new Allowance(octets, most);
    }
}
