package dev.sobre.tls;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server's side of TLS, made once and shared by all its listeners: policy, identities and the
 * keys of its session tickets. A session made on one listener resumes on another.
 */
public final class TlsContext {
    private final TlsSettings settings;
    private final Map<String, SessionCounter> counters = new ConcurrentHashMap<>();
    private volatile Served served;

    private TlsContext(TlsSettings settings) {
        this.settings = settings;
        this.served = new Served(settings, settings.identities());
    }

    /** The standard policy for these identities, the first of them the default. */
    public static TlsContext of(Identity first, Identity... more) {
        return of(TlsSettings.of(first, more));
    }

    public static TlsContext of(TlsSettings settings) {
        return new TlsContext(settings);
    }

    /** What the context was made of; the identities of now are {@link #identities}. */
    public TlsSettings settings() {
        return settings;
    }

    /** Who the server is now, the default first. */
    public List<Identity> identities() {
        return served.identities();
    }

    /**
     * Has the handshakes from now on served by other identities, all at once; connections that are
     * there live on, and sessions of an identity that stays are still resumed. Makes engines, so no
     * event loop should call it.
     */
    public synchronized void serve(List<Identity> identities) {
        if (identities.isEmpty()) throw new IllegalArgumentException("TLS needs an identity");
        served = served.then(identities);
    }

    /** How many handshakes were full and how many continued a session, by listeners' names. */
    public List<SessionCounts> sessions() {
        return counters.entrySet().stream()
                .map(each -> each.getValue().counts(each.getKey()))
                .sorted(Comparator.comparing(SessionCounts::listener))
                .toList();
    }

    /** Listeners of one name count together. */
    SessionCounter counter(String listener) {
        return counters.computeIfAbsent(listener, _ -> new SessionCounter());
    }

    /** Makes what a listener needs, so that no event loop has to. */
    synchronized void prepare(ListenerSettings listener) {
        served.prepare(listener);
    }

    /** To be asked once in each handshake: the next answer may be another. */
    Served served() {
        return served;
    }
}
