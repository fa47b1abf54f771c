package dev.sobre.imap;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.sobre.line.Limits;
import dev.sobre.mail.UidSet;
import dev.sobre.tls.ListenerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How an IMAP server behaves.
 *
 * @param listener where it listens, and whom it lets in
 * @param name how it names itself in its greeting and its ID
 * @param limits what a client may cost
 * @param sizes how long messages and commands may be
 * @param times how often a client that waits hears something
 * @param offer what clients are offered
 */
public record ImapSettings(
        ListenerSettings listener,
        String name,
        Limits limits,
        Sizes sizes,
        Times times,
        Offer offer) {

    /** The longest command before login, in octets with its literals. */
    static final int PRE_LOGIN_COMMAND = 12 * 1024;

    /** So many refused commands in a row end a connection that has not logged in. */
    static final int PRE_LOGIN_MISTAKES = 10;

    /**
     * How long messages and commands may be, in octets.
     *
     * @param message the largest message of an APPEND
     * @param command the longest command of a logged-in client with its literals, but for the
     *     message of an APPEND
     */
    public record Sizes(long message, int command) {
        public Sizes {
            requirePositive(message > 0 && command > 0);
        }
    }

    /**
     * How often a client that waits hears something.
     *
     * @param keepAlive when it is idle, shorter than the time after which routers forget a silent
     *     connection
     * @param progress when it waits for a search, that it goes on (RFC 9585)
     */
    public record Times(Duration keepAlive, Duration progress) {
        public Times {
            requirePositive(keepAlive.isPositive() && progress.isPositive());
        }
    }

    /**
     * What clients are offered.
     *
     * @param compression whether they may have all compressed (RFC 4978), which shows by its length
     *     what of it is alike
     * @param messagesAtOnce how many messages a command may process, the others being left to the
     *     next one (RFC 9738, which advises against less than 1000); 0 for no limit
     * @param withheld capabilities that are neither announced nor served, nor what is built on
     *     them, by their names, in any letter case: {@code MOVE}, {@code AUTH=PLAIN}; see {@link
     *     #capabilities}
     */
    public record Offer(boolean compression, long messagesAtOnce, Set<String> withheld) {
        public Offer {
            if (messagesAtOnce < 0 || messagesAtOnce > UidSet.HIGHEST) {
                throw new IllegalArgumentException(
                        "messages at once are from 0 to " + UidSet.HIGHEST);
            }
            withheld = withheld.stream().map(Offer::capability).collect(toUnmodifiableSet());
        }

        private static String capability(String name) {
            String word = name.toUpperCase(Locale.ROOT);
            if (capabilities().stream().anyMatch(word::equalsIgnoreCase)) return word;
            throw new IllegalArgumentException(
                    "no capability is named " + name + "; there are " + capabilities());
        }

        /**
         * What is neither announced nor served: what is withheld, and what is off unless wanted.
         */
        Set<String> switchedOff() {
            Set<String> all = new HashSet<>(withheld);
            if (!compression) all.add(Feature.COMPRESS_DEFLATE.word());
            if (messagesAtOnce == 0) all.add(Feature.MESSAGELIMIT.word());
            return all;
        }

        /** The SASL mechanisms among what is withheld: {@code PLAIN} for {@code AUTH=PLAIN}. */
        Set<String> withheldMechanisms() {
            return withheld.stream()
                    .filter(word -> word.startsWith("AUTH="))
                    .map(word -> word.substring("AUTH=".length()))
                    .collect(toUnmodifiableSet());
        }
    }

    private static void requirePositive(boolean all) {
        if (!all) throw new IllegalArgumentException("limits are positive");
    }

    /** The names that can be withheld. Of IMAP4rev1 nobody can be relieved. */
    public static List<String> capabilities() {
        return Feature.names();
    }

    /**
     * Settings for the address: messages to 50 MiB, commands to 256 KiB, everything announced but
     * COMPRESS and MESSAGELIMIT.
     */
    public static ImapSettings on(InetSocketAddress address) {
        return new ImapSettings(
                ListenerSettings.on(address),
                "Sobre",
                Limits.standard(),
                new Sizes(50L << 20, 256 << 10),
                // Common NAT time-outs start at five minutes.
                new Times(Duration.ofSeconds(290), Duration.ofSeconds(10)),
                new Offer(false, 0, Set.of()));
    }

    /** Settings for a port of 127.0.0.1. */
    public static ImapSettings onLoopback(int port) {
        return on(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    public ImapSettings withListener(ListenerSettings other) {
        return new ImapSettings(other, name, limits, sizes, times, offer);
    }

    public ImapSettings withName(String text) {
        return new ImapSettings(listener, text, limits, sizes, times, offer);
    }

    public ImapSettings withLimits(Limits line) {
        return new ImapSettings(listener, name, line, sizes, times, offer);
    }

    public ImapSettings withSizes(Sizes most) {
        return new ImapSettings(listener, name, limits, most, times, offer);
    }

    public ImapSettings withTimes(Times when) {
        return new ImapSettings(listener, name, limits, sizes, when, offer);
    }

    public ImapSettings withOffer(Offer what) {
        return new ImapSettings(listener, name, limits, sizes, times, what);
    }

    public ImapSettings withMessageLimit(long octets) {
        return withSizes(new Sizes(octets, sizes.command));
    }

    public ImapSettings withCommandLimit(int octets) {
        return withSizes(new Sizes(sizes.message, octets));
    }

    public ImapSettings withKeepAlive(Duration time) {
        return withTimes(new Times(time, times.progress));
    }

    public ImapSettings withProgress(Duration time) {
        return withTimes(new Times(times.keepAlive, time));
    }

    public ImapSettings withCompression(boolean allowed) {
        return withOffer(new Offer(allowed, offer.messagesAtOnce, offer.withheld));
    }

    public ImapSettings withMessagesAtOnce(long messages) {
        return withOffer(new Offer(offer.compression, messages, offer.withheld));
    }

    public ImapSettings withheld(Set<String> capabilities) {
        return withOffer(new Offer(offer.compression, offer.messagesAtOnce, capabilities));
    }
}
