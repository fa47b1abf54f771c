package dev.sobre.tls.trace;

/** Who of the two speaks. */
public enum Side {
    CLIENT("client → server"),
    SERVER("server → client");

    private final String arrow;

    Side(String arrow) {
        this.arrow = arrow;
    }

    /** From whom to whom. */
    public String arrow() {
        return arrow;
    }

    /** The name in the middle of a sentence. */
    public String word() {
        return this == CLIENT ? "client" : "server";
    }
}
