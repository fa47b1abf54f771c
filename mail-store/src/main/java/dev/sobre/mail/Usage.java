package dev.sobre.mail;

/** How much an account holds, or a change of it. */
public record Usage(long octets, long messages) {

    public static final Usage NONE = new Usage(0, 0);

    /** One message of this size. */
    public static Usage of(long octets) {
        return new Usage(octets, 1);
    }

    public Usage plus(Usage more) {
        return new Usage(octets + more.octets, messages + more.messages);
    }

    public Usage minus(Usage less) {
        return new Usage(octets - less.octets, messages - less.messages);
    }
}
