package dev.sobre.smtp.relay;

import dev.sobre.smtp.dkim.DkimSigner;
import java.time.Clock;
import java.time.InstantSource;

/**
 * How mail leaves.
 *
 * @param hostname the name we greet other servers with
 * @param connections at most at a time
 * @param perDestination connections to one destination at a time
 * @param mailsPerConnection after which a connection is made anew
 * @param clock what time it is
 * @param signer signs what leaves
 */
public record RelaySettings(
        String hostname,
        Route route,
        Schedule schedule,
        Timeouts timeouts,
        int connections,
        int perDestination,
        int mailsPerConnection,
        InstantSource clock,
        DkimSigner signer) {

    public RelaySettings {
        if (connections < 1 || perDestination < 1 || mailsPerConnection < 1) {
            throw new IllegalArgumentException("mail needs a connection to leave by");
        }
    }

    /** The standard schedule and times; 50 connections, 5 of them to one destination. */
    public static RelaySettings by(Route route, String hostname) {
        return new RelaySettings(
                hostname,
                route,
                Schedule.standard(),
                Timeouts.standard(),
                50,
                5,
                100,
                Clock.systemUTC(),
                DkimSigner.NONE);
    }

    public RelaySettings withSchedule(Schedule other) {
        return new RelaySettings(
                hostname,
                route,
                other,
                timeouts,
                connections,
                perDestination,
                mailsPerConnection,
                clock,
                signer);
    }

    public RelaySettings withTimeouts(Timeouts other) {
        return new RelaySettings(
                hostname,
                route,
                schedule,
                other,
                connections,
                perDestination,
                mailsPerConnection,
                clock,
                signer);
    }

    public RelaySettings withConnections(int all, int each) {
        return new RelaySettings(
                hostname, route, schedule, timeouts, all, each, mailsPerConnection, clock, signer);
    }

    public RelaySettings withClock(InstantSource other) {
        return new RelaySettings(
                hostname,
                route,
                schedule,
                timeouts,
                connections,
                perDestination,
                mailsPerConnection,
                other,
                signer);
    }

    public RelaySettings withSigner(DkimSigner other) {
        return new RelaySettings(
                hostname,
                route,
                schedule,
                timeouts,
                connections,
                perDestination,
                mailsPerConnection,
                clock,
                other);
    }
}
