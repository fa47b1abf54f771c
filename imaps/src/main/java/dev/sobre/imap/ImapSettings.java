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
 * @param messageLimit the largest message of an APPEND, in octets
 * @param commandLimit the longest command of a logged-in client, in octets with its literals, but
 *     for the message of an APPEND
 * @param keepAlive how often an idle client hears something, shorter than the time after which
 *     routers forget a silent connection
 * @param progress how often a client that waits for a search hears that it goes on (RFC 9585)
 * @param compression whether clients may have all compressed (RFC 4978), which shows by its length
 *     what of it is alike
 * @param messagesAtOnce how many messages a command may process, the others being left to the next
 *     one (RFC 9738, which advises against less than 1000); 0 for no limit
 * @param withheld capabilities that are neither announced nor served, nor what is built on them, by
 *     their names, in any letter case: {@code MOVE}, {@code AUTH=PLAIN}; see {@link #capabilities}
 */
public record ImapSettings(
        ListenerSettings listener,
        String name,
        Limits limits,
        long messageLimit,
        int commandLimit,
        Duration keepAlive,
        Duration progress,
        boolean compression,
        long messagesAtOnce,
        Set<String> withheld) {

    /** The longest command before login, in octets with its literals. */
    static final int PRE_LOGIN_COMMAND = 12 * 1024;

    /** So many refused commands in a row end a connection that has not logged in. */
    static final int PRE_LOGIN_MISTAKES = 10;

    public ImapSettings {
        if (messageLimit <= 0
                || commandLimit <= 0
                || !keepAlive.isPositive()
                || !progress.isPositive()) {
            throw new IllegalArgumentException("limits are positive");
        }
        if (messagesAtOnce < 0 || messagesAtOnce > UidSet.HIGHEST) {
            throw new IllegalArgumentException("messages at once are from 0 to " + UidSet.HIGHEST);
        }
        withheld = withheld.stream().map(ImapSettings::capability).collect(toUnmodifiableSet());
    }

    /** The names that can be withheld. Of IMAP4rev1 nobody can be relieved. */
    public static List<String> capabilities() {
        return Feature.names();
    }

    private static String capability(String name) {
        String word = name.toUpperCase(Locale.ROOT);
        if (capabilities().stream().anyMatch(word::equalsIgnoreCase)) return word;
        throw new IllegalArgumentException(
                "no capability is named " + name + "; there are " + capabilities());
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
                50L << 20,
                256 << 10,
                // Common NAT time-outs start at five minutes.
                Duration.ofSeconds(290),
                Duration.ofSeconds(10),
                false,
                0,
                Set.of());
    }

    /** Settings for a port of 127.0.0.1. */
    public static ImapSettings onLoopback(int port) {
        return on(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    /** What is neither announced nor served: what is withheld, and what is off unless wanted. */
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

    public ImapSettings withListener(ListenerSettings other) {
        return new ImapSettings(
                other,
                name,
                limits,
                messageLimit,
                commandLimit,
                keepAlive,
                progress,
                compression,
                messagesAtOnce,
                withheld);
    }

    public ImapSettings withName(String text) {
        return new ImapSettings(
                listener,
                text,
                limits,
                messageLimit,
                commandLimit,
                keepAlive,
                progress,
                compression,
                messagesAtOnce,
                withheld);
    }

    public ImapSettings withLimits(Limits line) {
        return new ImapSettings(
                listener,
                name,
                line,
                messageLimit,
                commandLimit,
                keepAlive,
                progress,
                compression,
                messagesAtOnce,
                withheld);
    }

    public ImapSettings withMessageLimit(long octets) {
        return new ImapSettings(
                listener,
                name,
                limits,
                octets,
                commandLimit,
                keepAlive,
                progress,
                compression,
                messagesAtOnce,
                withheld);
    }

    public ImapSettings withCommandLimit(int octets) {
        return new ImapSettings(
                listener,
                name,
                limits,
                messageLimit,
                octets,
                keepAlive,
                progress,
                compression,
                messagesAtOnce,
                withheld);
    }

    public ImapSettings withKeepAlive(Duration time) {
        return new ImapSettings(
                listener,
                name,
                limits,
                messageLimit,
                commandLimit,
                time,
                progress,
                compression,
                messagesAtOnce,
                withheld);
    }

    public ImapSettings withProgress(Duration time) {
        return new ImapSettings(
                listener,
                name,
                limits,
                messageLimit,
                commandLimit,
                keepAlive,
                time,
                compression,
                messagesAtOnce,
                withheld);
    }

    public ImapSettings withCompression(boolean allowed) {
        return new ImapSettings(
                listener,
                name,
                limits,
                messageLimit,
                commandLimit,
                keepAlive,
                progress,
                allowed,
                messagesAtOnce,
                withheld);
    }

    public ImapSettings withMessagesAtOnce(long messages) {
        return new ImapSettings(
                listener,
                name,
                limits,
                messageLimit,
                commandLimit,
                keepAlive,
                progress,
                compression,
                messages,
                withheld);
    }

    public ImapSettings withheld(Set<String> capabilities) {
        return new ImapSettings(
                listener,
                name,
                limits,
                messageLimit,
                commandLimit,
                keepAlive,
                progress,
                compression,
                messagesAtOnce,
                capabilities);
    }
}
