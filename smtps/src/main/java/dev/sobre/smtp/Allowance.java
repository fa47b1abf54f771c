package dev.sobre.smtp;

/**
 * How much a user may send.
 *
 * @param octets of the largest message, as the client sends it
 * @param recipients of one mail; RFC 5321 §4.5.3.1.8 asks for 100 at least
 * @param mails in one session, refused ones too; 0 for no limit
 * @param atOnce mails of one account that are under way, in all its sessions; 0 for no limit
 * @param account what one account may send
 * @param address what may come from one address (of IPv6: from its /64), this machine's own aside
 */
public record Allowance(
        long octets, int recipients, int mails, int atOnce, PerHour account, PerHour address) {

    public Allowance {
        if (octets < 64 * 1024 || recipients < 100) {
            throw new IllegalArgumentException("a limit is too small for mail");
        }
        if (mails < 0 || atOnce < 0) throw new IllegalArgumentException("a limit below zero");
    }

    /** Messages of up to 50 MiB to up to 1,000 recipients, as many and as fast as one likes. */
    public static Allowance standard() {
        return new Allowance(50L << 20, 1000, 0, 0, PerHour.UNLIMITED, PerHour.UNLIMITED);
    }

    public Allowance withOctets(long most) {
        return new Allowance(most, recipients, mails, atOnce, account, address);
    }

    public Allowance withRecipients(int most) {
        return new Allowance(octets, most, mails, atOnce, account, address);
    }

    public Allowance withMails(int most) {
        return new Allowance(octets, recipients, most, atOnce, account, address);
    }

    public Allowance withAtOnce(int most) {
        return new Allowance(octets, recipients, mails, most, account, address);
    }

    public Allowance withPerHour(PerHour ofAccount, PerHour fromAddress) {
        return new Allowance(octets, recipients, mails, atOnce, ofAccount, fromAddress);
    }
}
