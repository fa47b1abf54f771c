package dev.sobre.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Octets in, what was said out. */
class TelnetDecoderTest {

    @ParameterizedTest
    @CsvSource({
        "6869,                 hi",
        "61ffff62,             aÿb", // IAC IAC is one octet of data
        "fff4,                 <244>", // IP
        "fff161,               <241>a", // NOP
        "fffd01,               <253 1>", // DO ECHO
        "fffb1f61,             <251 31>a",
        "fffa1f00500018fff0,   <sub 31 00500018>",
        "fffa1f00ffff0018fff0, <sub 31 00ff0018>", // a doubled IAC inside
        "fffa1800fff061,       <sub 24 00>a",
        "fffafff061,           a", // empty: RFC 855 wants an option
        "fffa1800fffd0161,     <253 1>a", // SE forgotten: the command counts
        "fffa18,               ''", // not over yet
    })
    void decodes(String hex, String heard) {
        assertEquals(heard, decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void aSubnegotiationBeyondTheBoundIsLeftOutWhole() {
        byte[] input = new byte[100_000];
        input[0] = (byte) Code.IAC;
        input[1] = (byte) Code.SB;
        input[2] = 24;
        input[99_997] = (byte) Code.IAC;
        input[99_998] = (byte) Code.SE;
        input[99_999] = 'a';
        assertEquals("a", decode(input));
    }

    @Test
    void anyOctetsAreTaken() {
        var random = new Random(2);
        for (int i = 0; i < 2_000; i++) {
            byte[] input = new byte[random.nextInt(600)];
            random.nextBytes(input);
            for (int j = 0; j < input.length; j++) {
                if (random.nextInt(3) == 0) input[j] = (byte) (240 + random.nextInt(16));
            }
            decode(input);
        }
    }

    private static String decode(byte[] input) {
        var decoder = new TelnetDecoder();
        List<String> said = new ArrayList<>();
        for (byte octet : input) {
            decoder.take(octet & 0xff).map(TelnetDecoderTest::show).ifPresent(said::add);
        }
        return String.join("", said);
    }

    private static String show(Heard heard) {
        return switch (heard) {
            case Heard.Data data -> String.valueOf((char) data.octet());
            case Heard.Command command -> "<" + command.code() + ">";
            case Heard.Negotiation said -> "<" + said.verb() + " " + said.option() + ">";
            case Heard.Subnegotiation said ->
                    "<sub " + said.option() + " " + hex(said.parameters()) + ">";
        };
    }

    private static String hex(ByteBuffer octets) {
        byte[] bytes = new byte[octets.remaining()];
        octets.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
