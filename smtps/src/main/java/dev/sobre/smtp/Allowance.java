package dev.sobre.smtp;

/**
 * How much a user may send.
 *
 * @param octets of the largest message, as the client sends it
 * @param recipients of one mail; RFC 5321 §4.5.3.1.8 asks for 100 at least
 * @param domains of recipients in one session, of refused ones too; 0 for no limit
 * @param mails in one session, refused ones too; 0 for no limit
 * @param atOnce mails of one account that are under way, in all its sessions; 0 for no limit
 * @param account what one account may send
 * @param address what may come from one address (of IPv6: from its /64), this machine's own aside
 */
public record Allowance(
        long octets,
        int recipients,
        int domains,
        int mails,
        int atOnce,
        PerHour account,
        PerHour address) {

    private static final int MOST_ANNOUNCED = 999_999; // RFC 9422 §4: six digits

    public Allowance {
        if (octets < 64 * 1024 || recipients < 100) {
            throw new IllegalArgumentException("a limit is too small for mail");
        }
        if (domains < 0 || mails < 0 || atOnce < 0) {
            throw new IllegalArgumentException("a limit below zero");
        }
    }

    /** Messages of up to 50 MiB to up to 1,000 recipients, as many and as fast as one likes. */
    public static Allowance standard() {
        return new Allowance(50L << 20, 1000, 0, 0, 0, PerHour.UNLIMITED, PerHour.UNLIMITED);
    }

    public Allowance withOctets(long most) {
        return new Allowance(most, recipients, domains, mails, atOnce, account, address);
    }

    public Allowance withRecipients(int most) {
        return new Allowance(octets, most, domains, mails, atOnce, account, address);
    }

    public Allowance withDomains(int most) {
        return new Allowance(octets, recipients, most, mails, atOnce, account, address);
    }

    public Allowance withMails(int most) {
        return new Allowance(octets, recipients, domains, most, atOnce, account, address);
    }

    public Allowance withAtOnce(int most) {
        return new Allowance(octets, recipients, domains, mails, most, account, address);
    }

    public Allowance withPerHour(PerHour ofAccount, PerHour fromAddress) {
        return new Allowance(octets, recipients, domains, mails, atOnce, ofAccount, fromAddress);
    }

    /** What of it is announced. RFC 9422 §4. */
    String limits() {
        return "LIMITS"
                + limit("MAILMAX", mails)
                + limit("RCPTMAX", recipients)
                + limit("RCPTDOMAINMAX", domains);
    }

    private static String limit(String name, int most) {
        return most == 0 ? "" : " " + name + "=" + Math.min(most, MOST_ANNOUNCED);
    }
}
