package dev.sobre.smtp;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What users and addresses may still send within the hour; shared by all sessions of a server. A
 * password that was stolen shows here first: whoever has it sends as fast as possible.
 */
final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Allowance allowance;
    private final RefusedRecipients listener;
    private final Map<AccountId, Integer> underWay = new ConcurrentHashMap<>();
    private final LastHour<AccountId> mails;
    private final LastHour<AccountId> recipients;
    private final LastHour<ByteBuffer> mailsFrom;
    private final LastHour<ByteBuffer> recipientsFrom;

    Gate(Allowance allowance, RefusedRecipients listener, LongSupplier nanoTime) {
        this.allowance = allowance;
        this.listener = listener;
        mails = new LastHour<>(nanoTime);
        recipients = new LastHour<>(nanoTime);
        mailsFrom = new LastHour<>(nanoTime);
        recipientsFrom = new LastHour<>(nanoTime);
    }

    /** Lets a mail begin, which {@link #end} ends, or says why it may not. */
    Optional<Reply> begin(Account account, InetAddress peer) {
        if (!mails.admits(account.id(), allowance.account().mails())) {
            return tooMuch("you have sent as many mails as you may within an hour");
        }
        if (!mailsFrom.admits(network(peer), ofAddress(peer).mails())) {
            return tooMuch("as many mails came from your address as may within an hour");
        }
        int now = underWay.merge(account.id(), 1, Integer::sum);
        if (allowance.atOnce() > 0 && now > allowance.atOnce()) {
            end(account);
            return Optional.of(
                    Reply.of(450, "4.7.0", "too many mails of yours are under way at once"));
        }
        mailsFrom.add(network(peer));
        announce(account, mails.add(account.id()), allowance.account().mails(), "mails");
        return Optional.empty();
    }

    void end(Account account) {
        underWay.computeIfPresent(account.id(), (_, mails) -> mails > 1 ? mails - 1 : null);
    }

    /** Why a mail may not go to one more recipient; empty where it may. */
    Optional<Reply> refusal(Account account, InetAddress peer) {
        if (!recipients.admits(account.id(), allowance.account().recipients())) {
            return tooMuch("you have written to as many recipients as you may within an hour");
        }
        if (!recipientsFrom.admits(network(peer), ofAddress(peer).recipients())) {
            return tooMuch("your address has written to as many recipients as may be in an hour");
        }
        return Optional.empty();
    }

    /** A recipient is tried; it counts also where it is refused, as somebody may look for some. */
    void count(Account account, InetAddress peer) {
        recipientsFrom.add(network(peer));
        int most = allowance.account().recipients();
        announce(account, recipients.add(account.id()), most, "recipients");
    }

    private void announce(Account account, int done, int most, String what) {
        if (done != most) return;
        String words =
                "sent to its limit of "
                        + most
                        + " "
                        + what
                        + " an hour; if that is not its user, somebody has the password";
        LOG.warn("{} {}", account.address(), words);
        listener.sentTooMuch(account.address(), words);
    }

    // Behind this machine's own address may be everybody, such as users of a web mailer.
    private PerHour ofAddress(InetAddress peer) {
        return peer.isLoopbackAddress() ? PerHour.UNLIMITED : allowance.address();
    }

    /** An IPv4 address, or the /64 that one subscriber of IPv6 usually has. */
    private static ByteBuffer network(InetAddress peer) {
        byte[] address = peer.getAddress();
        return ByteBuffer.wrap(address, 0, Math.min(address.length, 8));
    }

    private static Optional<Reply> tooMuch(String why) {
        return Optional.of(Reply.of(450, "4.7.1", why + "; try again later"));
    }
}
