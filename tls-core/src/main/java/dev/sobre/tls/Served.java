package dev.sobre.tls;

import dev.sobre.tls.wire.ClientHello;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * The identities of one moment and the engines made for them. A handshake takes one such set and
 * stays with it, so that a set that was replaced is garbage once its last handshake has its engine.
 */
final class Served {
    private final TlsSettings settings;
    private final Identities identities;
    private final Map<Key, Engines> engines = new ConcurrentHashMap<>();
    private final Map<Key, SSLContext> jdk = new ConcurrentHashMap<>();

    /**
     * All that tells one engine's context from another.
     *
     * @param authorities who may vouch for clients at this moment
     */
    record Key(
            Identity identity,
            List<String> alpn,
            boolean tickets,
            ClientAuthentication clients,
            List<X509Certificate> authorities) {
        static Key of(Identity identity, ListenerSettings listener) {
            var clients = listener.clients();
            return new Key(
                    identity, listener.alpn(), listener.tickets(), clients, authorities(clients));
        }

        Key as(Identity other) {
            return new Key(other, alpn, tickets, clients, authorities);
        }

        Key withoutAlpn() {
            return new Key(identity, List.of(), tickets, clients, authorities);
        }

        /** Whether others may vouch by now. */
        boolean outdated() {
            return !authorities.equals(authorities(clients));
        }

        private static List<X509Certificate> authorities(ClientAuthentication clients) {
            return clients instanceof ClientAuthentication.Asked asked
                    ? asked.trust().authorities().now()
                    : List.of();
        }
    }

    /**
     * A set of identities.
     *
     * @throws IllegalArgumentException for a policy that the engine or an identity can't keep
     */
    Served(TlsSettings settings, List<Identity> identities) {
        PolicyCheck.check(settings, identities);
        this.settings = settings;
        this.identities = new Identities(identities, settings.policy());
    }

    /** Other identities, with the engines that are needed made; those of unchanged ones live on. */
    Served then(List<Identity> others) {
        var next = new Served(settings, others);
        next.engines.putAll(engines);
        next.engines.keySet().removeIf(key -> !others.contains(key.identity));
        next.jdk.putAll(jdk);
        next.jdk.keySet().removeIf(key -> !others.contains(key.identity));
        for (Key key : engines.keySet()) {
            for (Identity identity : others) next.engines(key.as(identity));
        }
        return next;
    }

    /** Makes what a listener needs, so that no event loop has to. */
    void prepare(ListenerSettings listener) {
        for (Identity identity : identities.all()) engines(identity, listener);
        engines.keySet().removeIf(Key::outdated);
    }

    List<Identity> identities() {
        return identities.all();
    }

    Identity choose(ClientHello hello) {
        return identities.choose(hello);
    }

    Engines engines(Identity identity, ListenerSettings listener) {
        return engines(Key.of(identity, listener));
    }

    private Engines engines(Key key) {
        return engines.computeIfAbsent(key, this::make);
    }

    private Engines make(Key key) {
        try {
            return switch (settings.engine()) {
                case BORINGSSL -> new BoringSslEngines(settings, key);
                case JDK -> new JdkEngines(settings.policy(), key, context(key));
            };
        } catch (SSLException e) {
            throw new IllegalArgumentException("the TLS settings do not work: " + e, e);
        }
    }

    /**
     * The JDK keeps sessions in its context, and cannot be told to make none: one context for all
     * lists of protocols, but one for each connection where certificates are asked for.
     */
    private Supplier<SSLContext> context(Key key) {
        if (key.clients instanceof ClientAuthentication.Asked) return () -> JdkEngines.context(key);
        var shared = jdk.computeIfAbsent(key.withoutAlpn(), JdkEngines::context);
        return () -> shared;
    }
}
