package dev.sobre.app.text;

/** A number of things, in words: {@code 1 message}, {@code 2 messages}. */
public final class Counted {

    private Counted() {}

    /** Things whose plural ends in {@code s}. */
    public static String of(long number, String one) {
        return of(number, one, one + "s");
    }

    public static String of(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
