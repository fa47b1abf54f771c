package dev.sobre.tls;

import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A server's side of TLS, made once and shared by all its listeners: policy, identities and the
 * keys of its session tickets.
 */
public final class TlsContext {
    private final TlsSettings settings;

    private TlsContext(TlsSettings settings) {
        this.settings = settings;
    }

    /** The standard policy for these identities, the first of them the default. */
    public static TlsContext of(Identity first, Identity... more) {
        List<Identity> all = new ArrayList<>(List.of(first));
        all.addAll(Arrays.asList(more));
        return of(TlsSettings.of(first).withIdentities(all));
    }

    public static TlsContext of(TlsSettings settings) {
        return new TlsContext(settings);
    }

    public TlsSettings settings() {
        return settings;
    }

    SslContext engines(Identity identity, List<String> alpn) {
        return EngineContext.server(settings.policy(), identity, alpn);
    }
}
