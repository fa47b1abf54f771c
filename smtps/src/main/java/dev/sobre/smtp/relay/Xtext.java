package dev.sobre.smtp.relay;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The encoding of parameters (RFC 3461 §4): printable ASCII, the rest as {@code +} and hex. */
public final class Xtext {

    private Xtext() {}

    public static String encode(String text) {
        var out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet > ' ' && octet < 127 && octet != '+' && octet != '=';
            if (plain) out.append((char) octet);
            else out.append(String.format("+%02X", octet & 0xFF));
        }
        return out.toString();
    }

    /** Empty where it is not xtext. */
    public static Optional<String> decode(String text) {
        if (!text.matches("([!-*,-<>-~]|\\+[0-9A-F]{2})*")) return Optional.empty();
        byte[] octets = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '+') {
                octets[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                octets[length++] = (byte) text.charAt(i);
            }
        }
        return Optional.of(new String(octets, 0, length, StandardCharsets.UTF_8));
    }
}
