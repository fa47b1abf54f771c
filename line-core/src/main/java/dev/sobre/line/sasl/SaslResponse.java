package dev.sobre.line.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** What a client sent in one line of a SASL exchange. RFC 4954 §4, RFC 4959 §3. */
public sealed interface SaslResponse {

    /** The longest line, in octets. RFC 4954 §4. */
    int LONGEST = 12_288;

    /** The decoded octets, perhaps none. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Data(byte[] octets) implements SaslResponse {
        @Override
        public String toString() {
            return "Data[" + octets.length + " octets]"; // they hold a password
        }
    }

    /** The client gave up this exchange ({@code *}); the connection goes on. */
    record Cancelled() implements SaslResponse {}

    /** The line is not base64. This exchange has failed; the connection goes on. */
    record Malformed(String reason) implements SaslResponse {}

    /** Reads a line that answers a challenge, without its line end. An empty line is empty data. */
    static SaslResponse line(byte[] line) {
        boolean star = line.length == 1 && line[0] == '*';
        return star ? new Cancelled() : decode(line);
    }

    /** Reads the initial response behind the mechanism's name; {@code =} is one without octets. */
    static SaslResponse initial(byte[] word) {
        boolean equals = word.length == 1 && word[0] == '='; // RFC 4954 §4, RFC 4959 §3
        return equals ? new Data(new byte[0]) : decode(word);
    }

    /** A challenge in the form in which it is sent. */
    static String encode(byte[] challenge) {
        return Base64.getEncoder().encodeToString(challenge);
    }

    private static SaslResponse decode(byte[] base64) {
        if (base64.length > LONGEST) return new Malformed("response is too long");
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            // The decoder lets missing padding and stray last bits pass; RFC 4648 §3.2 and §3.5.
            boolean exact = Arrays.equals(Base64.getEncoder().encode(octets), base64);
            return exact ? new Data(octets) : new Malformed("response is not canonical base64");
        } catch (IllegalArgumentException notBase64) {
            return new Malformed("response is not base64");
        }
    }

    /** As {@link #initial(byte[])}, for a word that was read as text. */
    static SaslResponse initial(String word) {
        return initial(word.getBytes(StandardCharsets.UTF_8));
    }
}
