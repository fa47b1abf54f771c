package dev.sobre.app.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How mail for other domains leaves.
 *
 * @param way by which way
 * @param smarthost the one server that takes all of it, where that is the way
 * @param nameServers who is asked for other servers; none given, those of the machine
 * @param expires how long a mail is tried
 * @param warn after which its sender is told that it is late
 * @param connections to other servers at a time
 * @param perDestination the same to one of them
 * @param dkimKeys what it is signed with: paths that end in {@code DOMAIN/SELECTOR.key}
 */
public record Relaying(
        Way way,
        Smarthost smarthost,
        List<String> nameServers,
        Duration expires,
        Duration warn,
        int connections,
        int perDestination,
        List<String> dkimKeys) {

    /** By which way mail leaves. */
    public enum Way {
        /** It does not: mail for other domains is refused. */
        OFF,
        /** To the servers of its destination. */
        DIRECT,
        /** To one server that passes it on. */
        SMARTHOST
    }

    public Relaying {
        nameServers = List.copyOf(nameServers);
        dkimKeys = List.copyOf(dkimKeys);
    }

    static Relaying standard() {
        return new Relaying(
                Way.DIRECT,
                new Smarthost("", 465, false, Optional.empty(), Optional.empty(), Optional.empty()),
                List.of(),
                Duration.ofDays(5),
                Duration.ofHours(4),
                50,
                5,
                List.of());
    }

    Relaying off() {
        return new Relaying(
                Way.OFF,
                smarthost,
                nameServers,
                expires,
                warn,
                connections,
                perDestination,
                List.of());
    }
}
