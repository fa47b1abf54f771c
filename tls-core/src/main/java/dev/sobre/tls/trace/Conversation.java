package dev.sobre.tls.trace;

import dev.sobre.tls.CipherSuite;
import dev.sobre.tls.wire.Numbers;
import java.util.Optional;

/** What both sides know of a handshake so far. */
public final class Conversation {
    private final Transcript transcript;
    private Optional<Hello> offer = Optional.empty();
    private Optional<Hello> choice = Optional.empty();
    private boolean retried;

    /**
     * @param whole whether all messages will be heard, also the encrypted ones
     */
    Conversation(boolean whole) {
        this.transcript = new Transcript(whole);
    }

    void offered(Hello hello) {
        offer = Optional.of(hello);
    }

    void chosen(Hello hello) {
        if (hello.retry()) {
            retried = true;
            transcript.retried();
        } else {
            choice = Optional.of(hello);
        }
    }

    Optional<Hello> offer() {
        return offer;
    }

    boolean retried() {
        return retried;
    }

    public Transcript transcript() {
        return transcript;
    }

    /** Whether TLS 1.3 was chosen. */
    public boolean tls13() {
        return choice.map(Hello::tls13).orElse(retried);
    }

    /** Whether the server's hello was seen. */
    public boolean decided() {
        return choice.isPresent();
    }

    /** The chosen suite by its IANA name, where it is a known one. */
    public Optional<String> suiteName() {
        return choice.map(Hello::suite).map(Numbers::suite).filter(n -> n.startsWith("TLS_"));
    }

    Optional<CipherSuite> suite() {
        return suiteName().map(CipherSuite::parse);
    }

    /** Client random, then server random. RFC 5246 §8.1. */
    public Optional<byte[]> randoms() {
        if (offer.isEmpty() || choice.isEmpty()) return Optional.empty();
        byte[] both = new byte[64];
        System.arraycopy(offer.get().random(), 0, both, 0, 32);
        System.arraycopy(choice.get().random(), 0, both, 32, 32);
        return Optional.of(both);
    }

    /** RFC 7627: both sides know the extension. */
    public boolean extendedMasterSecret() {
        return choice.filter(hello -> hello.has(Hello.EXTENDED_MASTER_SECRET)).isPresent();
    }

    /** Whether an earlier session goes on, as far as the hellos show it. */
    public boolean resumed() {
        if (choice.isEmpty() || offer.isEmpty()) return false;
        var server = choice.get();
        if (server.tls13()) return server.has(Hello.PRE_SHARED_KEY);
        // RFC 5246 §7.4.1.3: the client's own session id comes back.
        byte[] asked = offer.get().sessionId();
        return asked.length > 0 && java.util.Arrays.equals(asked, server.sessionId());
    }

    /** The hash of the suite, by its Java name. RFC 5246 §5: SHA-256 at least. */
    public String hash() {
        return suiteName().filter(name -> name.endsWith("_SHA384")).isPresent()
                ? "SHA-384"
                : "SHA-256";
    }
}
