package dev.sobre.tls.schedule;

import java.util.HexFormat;

/**
 * One step of a key schedule.
 *
 * @param name what it is called
 * @param from how it comes about, with its label and what was hashed
 * @param hex its value in hexadecimal, never for a log
 */
public record Secret(String name, String from, String hex) {

    static Secret of(String name, String from, byte[] value) {
        return new Secret(name, from, HexFormat.of().formatHex(value));
    }

    @Override
    public String toString() {
        return name
                + " ("
                + hex.length() / 2
                + " bytes)"; // whoever logs it by mistake shows nothing
    }
}
