package dev.sobre.tls;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a {@link TlsContext} is made of.
 *
 * @param policy versions, suites and groups
 * @param identities who the server is; the first is the default where the client names nobody
 * @param tickets the keys under which clients keep their sessions
 * @param sessionCache how many sessions each listener keeps for clients of TLS 1.2 that take no
 *     tickets; 0 for none
 * @param engine who does the cryptography
 * @param failures is told of each handshake that failed; called on an event loop, must not wait
 * @param watch looks on at each handshake; empty: nobody, at no cost
 */
public record TlsSettings(
        TlsPolicy policy,
        List<Identity> identities,
        TicketKeys tickets,
        int sessionCache,
        Engine engine,
        Consumer<HandshakeFailure> failures,
        Optional<HandshakeWatch> watch) {

    public TlsSettings {
        identities = List.copyOf(identities);
        if (sessionCache < 0) throw new IllegalArgumentException("a cache has no negative size");
        if (identities.isEmpty()) throw new IllegalArgumentException("TLS needs an identity");
    }

    /** The standard policy, tickets that end with the process, failures to the log. */
    public static TlsSettings of(Identity first, Identity... more) {
        var all = new java.util.ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return of(all);
    }

    /** The same for identities of which there may be many, the default first. */
    public static TlsSettings of(List<Identity> all) {
        return new TlsSettings(
                TlsPolicy.standard(),
                all,
                TicketKeys.inMemory(),
                20_000,
                Engine.best(),
                HandshakeFailure::log,
                Optional.empty());
    }

    public TlsSettings withPolicy(TlsPolicy other) {
        return new TlsSettings(other, identities, tickets, sessionCache, engine, failures, watch);
    }

    public TlsSettings withIdentities(List<Identity> others) {
        return new TlsSettings(policy, others, tickets, sessionCache, engine, failures, watch);
    }

    public TlsSettings withTickets(TicketKeys other) {
        return new TlsSettings(policy, identities, other, sessionCache, engine, failures, watch);
    }

    public TlsSettings withSessionCache(int sessions) {
        return new TlsSettings(policy, identities, tickets, sessions, engine, failures, watch);
    }

    public TlsSettings withEngine(Engine other) {
        return new TlsSettings(policy, identities, tickets, sessionCache, other, failures, watch);
    }

    public TlsSettings withFailures(Consumer<HandshakeFailure> other) {
        return new TlsSettings(policy, identities, tickets, sessionCache, engine, other, watch);
    }

    public TlsSettings withWatch(HandshakeWatch other) {
        return new TlsSettings(
                policy, identities, tickets, sessionCache, engine, failures, Optional.of(other));
    }
}
