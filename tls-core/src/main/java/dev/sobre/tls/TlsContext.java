package dev.sobre.tls;

import dev.sobre.tls.wire.ClientHello;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * A server's side of TLS, made once and shared by all its listeners: policy, identities and the
 * keys of its session tickets. A session made on one listener resumes on another.
 */
public final class TlsContext {
    private final TlsSettings settings;
    private final Identities identities;
    private final Map<Key, Engines> engines = new ConcurrentHashMap<>();
    private final Map<Identity, SSLContext> jdk = new ConcurrentHashMap<>();

    private record Key(Identity identity, List<String> alpn) {}

    private TlsContext(TlsSettings settings) {
        this.settings = settings;
        this.identities = new Identities(settings.identities());
    }

    /** The standard policy for these identities, the first of them the default. */
    public static TlsContext of(Identity first, Identity... more) {
        return of(TlsSettings.of(first, more));
    }

    public static TlsContext of(TlsSettings settings) {
        return new TlsContext(settings);
    }

    public TlsSettings settings() {
        return settings;
    }

    /** Makes what a listener needs, so that no event loop has to. */
    void prepare(List<String> alpn) {
        for (Identity identity : settings.identities()) engines(identity, alpn);
    }

    Identity choose(ClientHello hello) {
        return identities.choose(hello);
    }

    Engines engines(Identity identity, List<String> alpn) {
        return engines.computeIfAbsent(new Key(identity, alpn), this::make);
    }

    private Engines make(Key key) {
        try {
            return switch (settings.engine()) {
                case BORINGSSL -> new BoringSslEngines(settings, key.identity, key.alpn);
                case JDK ->
                        new JdkEngines(
                                settings.policy(),
                                jdk.computeIfAbsent(key.identity, JdkEngines::shared),
                                key.alpn);
            };
        } catch (SSLException e) {
            throw new IllegalArgumentException("the TLS settings do not work: " + e, e);
        }
    }
}
