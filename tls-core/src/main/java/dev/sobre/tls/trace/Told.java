package dev.sobre.tls.trace;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What is told of one message: its name, a sentence on what it is for, and what it says. */
final class Told {
    private final String name;
    private final List<Fact> facts = new ArrayList<>();
    private String sentence;

    Told(String name, String sentence) {
        this.name = name;
        this.sentence = sentence;
    }

    Told fact(String what, String value) {
        facts.add(new Fact(what, value));
        return this;
    }

    /** Adds to the sentence. */
    Told and(String more) {
        sentence = sentence.isEmpty() ? more : sentence + " " + more;
        return this;
    }

    String name() {
        return name;
    }

    String sentence() {
        return sentence;
    }

    List<Fact> facts() {
        return facts;
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The beginning of something long, with its length. */
    static String start(byte[] bytes) {
        return bytes.length <= 32
                ? hex(bytes)
                : HexFormat.of().formatHex(bytes, 0, 16) + "… (" + bytes.length + " bytes)";
    }
}
