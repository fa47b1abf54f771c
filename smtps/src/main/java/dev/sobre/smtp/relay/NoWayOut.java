package dev.sobre.smtp.relay;

/** No mail leaves; what waits for mailboxes of this very server goes there. */
public record NoWayOut() implements Route {

    @Override
    public String lane(String domain) {
        return domain;
    }

    /** What is in the queue came when there was a way, and waits for another. */
    @Override
    public Destination destination(String domain) {
        return new Destination.Unknown("no mail leaves this server now");
    }
}
