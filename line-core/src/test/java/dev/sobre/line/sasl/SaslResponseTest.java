package dev.sobre.line.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sobre.line.sasl.SaslResponse.Cancelled;
import dev.sobre.line.sasl.SaslResponse.Data;
import dev.sobre.line.sasl.SaslResponse.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslResponseTest {

    @ParameterizedTest // RFC 4648 §10
    @CsvSource({"'',''", "f,Zg==", "fo,Zm8=", "foo,Zm9v", "foob,Zm9vYg==", "foobar,Zm9vYmFy"})
    void readsAndWritesBase64(String text, String base64) {
        assertEquals(text, data(SaslResponse.line(base64.getBytes(UTF_8))));
        assertEquals(base64, SaslResponse.encode(text.getBytes(UTF_8)));
    }

    @Test // RFC 4954 §4: a line with a single "*" cancels
    void starCancels() {
        assertInstanceOf(Cancelled.class, SaslResponse.line(bytes("*")));
        assertInstanceOf(Malformed.class, SaslResponse.line(bytes("**")));
    }

    @Test // RFC 4959 §3: "=" is an initial response without octets; only there
    void equalsSignIsAnEmptyInitialResponse() {
        assertEquals("", data(SaslResponse.initial("=")));
        assertEquals("f", data(SaslResponse.initial("Zg==")));
        assertInstanceOf(Malformed.class, SaslResponse.line(bytes("=")));
        assertInstanceOf(Malformed.class, SaslResponse.initial("*"));
    }

    @ParameterizedTest // LESSONS 10
    @ValueSource(
            strings = {
                "Z",
                "Zg",
                "Zg=",
                "Zh==",
                "=AAA",
                "AAA=BBB=",
                "Zm 9v",
                "Zm9v\0",
                "Zm_v",
                "é"
            })
    void anythingElseIsMalformed(String line) {
        assertInstanceOf(Malformed.class, SaslResponse.line(bytes(line)));
        assertInstanceOf(Malformed.class, SaslResponse.initial(line));
    }

    @Test
    void aResponseOfExcessiveLengthIsMalformed() {
        assertInstanceOf(Data.class, SaslResponse.line(bytes("A".repeat(SaslResponse.LONGEST))));
        assertInstanceOf(
                Malformed.class, SaslResponse.line(bytes("A".repeat(SaslResponse.LONGEST + 4))));
    }

    @Test
    void secretsAreNotPrinted() {
        assertEquals("Data[6 octets]", SaslResponse.line(bytes("Zm9vYmFy")).toString());
    }

    private static String data(SaslResponse response) {
        return new String(assertInstanceOf(Data.class, response).octets(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
