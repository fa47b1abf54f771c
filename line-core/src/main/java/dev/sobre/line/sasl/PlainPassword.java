package dev.sobre.line.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A password that is stored as it is. */
record PlainPassword(String text) implements StoredPassword {

    static PasswordHash.Reading read(String text) {
        return SaslText.prepare(text)
                .map(octets -> new String(octets, StandardCharsets.UTF_8))
                .map(normal -> PasswordHash.Reading.of(new PlainPassword(normal)))
                .orElse(PasswordHash.Reading.not("plain password is empty, too long or not text"));
    }

    @Override
    public boolean matches(byte[] password, Argon2Memory memory) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), password);
    }

    @Override
    public boolean outdated() {
        return true;
    }

    @Override
    public String toString() {
        return "PlainPassword";
    }
}
