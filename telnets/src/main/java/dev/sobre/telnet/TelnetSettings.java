package dev.sobre.telnet;

import dev.sobre.line.Limits;
import dev.sobre.tls.Admission;
import dev.sobre.tls.ListenerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How an administrator's TELNET is served.
 *
 * @param listener where it listens, and whom it lets in: few at once
 * @param greeting the first line, before the login
 * @param prompt stands before each command
 * @param tries logins that may fail before the connection is ended
 * @param limits times; its line lengths don't count here, a line is 1,024 characters
 */
public record TelnetSettings(
        ListenerSettings listener, String greeting, String prompt, int tries, Limits limits) {

    private static final Limits LIMITS =
            Limits.standard().withPreLoginOctets(16 * 1024).withIdleTime(Duration.ofMinutes(15));
    private static final Admission FEW = Admission.standard().withConnections(64, 16);

    /** Listens on this machine's own address only, as an administrator's port should. */
    public static TelnetSettings loopback(int port) {
        return on(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public static TelnetSettings on(InetSocketAddress address) {
        return new TelnetSettings(
                ListenerSettings.on(address).withAdmission(FEW),
                "Sobre administration",
                "sobre> ",
                3,
                LIMITS);
    }

    public TelnetSettings withListener(ListenerSettings other) {
        return new TelnetSettings(other, greeting, prompt, tries, limits);
    }

    public TelnetSettings withGreeting(String other) {
        return new TelnetSettings(listener, other, prompt, tries, limits);
    }

    public TelnetSettings withPrompt(String other) {
        return new TelnetSettings(listener, greeting, other, tries, limits);
    }

    public TelnetSettings withTries(int other) {
        return new TelnetSettings(listener, greeting, prompt, other, limits);
    }

    public TelnetSettings withLimits(Limits other) {
        return new TelnetSettings(listener, greeting, prompt, tries, other);
    }
}
