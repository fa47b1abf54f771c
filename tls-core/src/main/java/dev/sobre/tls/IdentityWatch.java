package dev.sobre.tls;

import dev.sobre.tls.pki.PkiException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the identities of a context as their files are: reads them, looks at them again when they
 * change and every half minute, and gives what is new to the handshakes to come. Files that do not
 * serve change nothing and are told of. All of it on a thread of its own.
 */
public final class IdentityWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityWatch.class);
    private static final Duration AT_REST = Duration.ofSeconds(30);
    private static final Duration IN_MOTION = Duration.ofSeconds(1);

    private final List<WatchedIdentity> watched;
    private final InstantSource clock;
    private final FileChanges changes = new FileChanges();
    private volatile List<State> states;

    /**
     * An identity as it is now.
     *
     * @param problem why its files are not what is served, if so
     */
    public record State(IdentityFiles files, Identity identity, Optional<String> problem) {}

    private IdentityWatch(List<WatchedIdentity> watched, InstantSource clock) {
        this.watched = watched;
        this.clock = clock;
        this.states = now();
    }

    /**
     * Reads the identities, the default first; what becomes of them goes to the log.
     *
     * @throws PkiException where one of them cannot be served
     */
    public static IdentityWatch of(List<IdentityFiles> files) throws PkiException {
        return of(files, IdentityEvent::log);
    }

    /**
     * Reads the identities, the default first.
     *
     * @param events is told what becomes of them; called on the thread of the watch
     */
    public static IdentityWatch of(List<IdentityFiles> files, Consumer<IdentityEvent> events)
            throws PkiException {
        return of(files, events, InstantSource.system());
    }

    static IdentityWatch of(
            List<IdentityFiles> files, Consumer<IdentityEvent> events, InstantSource clock)
            throws PkiException {
        var all = new ArrayList<WatchedIdentity>();
        for (IdentityFiles each : files) {
            all.add(new WatchedIdentity(each, events, clock.instant()));
        }
        return new IdentityWatch(all, clock);
    }

    public List<Identity> identities() {
        return states.stream().map(State::identity).toList();
    }

    public List<State> states() {
        return states;
    }

    /** Starts to look, until closed. */
    public IdentityWatch serve(TlsContext tls) {
        boolean staples = watched.stream().anyMatch(each -> each.files().ocsp().isPresent());
        if (staples && tls.settings().engine() == Engine.JDK) {
            LOG.warn(
                    "the JDK's engine cannot staple OCSP responses from files: they are only checked");
        }
        Thread.ofPlatform().daemon().name("certificates").start(() -> run(tls));
        return this;
    }

    /** Stops looking; what is served stays. Safe to call twice. */
    @Override
    public void close() {
        changes.close();
    }

    /**
     * Looks once.
     *
     * @return whether all files are at rest
     */
    boolean look(TlsContext tls) {
        boolean atRest = true;
        boolean changed = false;
        for (WatchedIdentity each : watched) {
            var before = each.version();
            atRest &= each.look(tls.settings(), clock.instant());
            changed |= each.version() != before;
        }
        states = now();
        if (changed) tls.serve(identities());
        return atRest;
    }

    private void run(TlsContext tls) {
        boolean atRest = true;
        do {
            try {
                atRest = look(tls);
            } catch (RuntimeException e) {
                LOG.error("the certificates could not be looked at; trying again", e);
            }
        } while (changes.await(paths(), atRest ? AT_REST : IN_MOTION));
    }

    private List<Path> paths() {
        return watched.stream().flatMap(each -> each.files().all().stream()).toList();
    }

    private List<State> now() {
        return watched.stream()
                .map(each -> new State(each.files(), each.identity(), each.problem()))
                .toList();
    }
}
