package dev.sobre.smtp.relay;

import dev.sobre.tls.ClientSettings;
import dev.sobre.tls.TlsClient;
import java.util.LinkedHashMap;
import java.util.Map;

/** The client's side of TLS for the servers we spoke to last, which remember our sessions. */
final class TlsClients {

    private static final int MOST = 200;

    private record Key(String name, boolean anyCertificate) {}

    private final Route route;
    private final Map<Key, TlsClient> clients =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, TlsClient> eldest) {
                    return size() > MOST;
                }
            };

    TlsClients(Route route) {
        this.route = route;
    }

    synchronized TlsClient of(Host host) {
        boolean any = host.security() == Security.OPPORTUNISTIC;
        return clients.computeIfAbsent(new Key(host.name(), any), this::make);
    }

    private TlsClient make(Key key) {
        var settings = ClientSettings.to(key.name()).withTrusted(route.trusted());
        return TlsClient.of(key.anyCertificate() ? settings.withAnyCertificate() : settings);
    }
}
