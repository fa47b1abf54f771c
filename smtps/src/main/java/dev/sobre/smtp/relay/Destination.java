package dev.sobre.smtp.relay;

import java.util.List;

/** Where the mail for a domain goes. */
public sealed interface Destination {

    /** To one of these, tried in this order. */
    record Hosts(List<Host> hosts) implements Destination {
        public Hosts {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Nowhere, now and later.
     *
     * @param status of RFC 3463
     */
    record Nowhere(String status, String why) implements Destination {}

    /** It can't be said now. */
    record Unknown(String why) implements Destination {}
}
