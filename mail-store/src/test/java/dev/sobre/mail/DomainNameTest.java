package dev.sobre.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A name of any script becomes the one that the DNS knows, or none. RFC 5891. */
class DomainNameTest {

    @ParameterizedTest
    @CsvSource({
        "example.org, example.org",
        "Example.ORG, Example.ORG",
        "b\u00fccher.example, xn--bcher-kva.example",
        "B\u00dcCHER.example, xn--bcher-kva.example",
        "bu\u0308cher.example, xn--bcher-kva.example",
        // letters that IDNA2003 makes others of (RFC 5894 §7.2)
        "fa\u00df.de, xn--fa-hia.de",
        "FA\u1e9e.de, xn--fa-hia.de",
        "\u03b2\u03cc\u03bb\u03bf\u03c2.com, xn--nxasmm1c.com",
        "\u0392\u038c\u039b\u039f\u03a3.com, xn--nxasmq6b.com",
        "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com, xn--mgba3gch31f060k.com",
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3.com, xn--10cl1a0b660p.com",
        "\u0915\u094d\u200c\u0937.com, xn--11b2ezcs70k.com",
        // wide letters, dots of other scripts
        "\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45\uff0e\uff4f\uff52\uff47, example.org",
        "\u4f8b\u3048\u3002\u30c6\u30b9\u30c8, xn--r8jz45g.xn--zckzah",
        "\u0438\u0441\u043f\u044b\u0442\u0430\u043d\u0438\u0435, xn--80akhbyknj4f",
        // a letter that came after 2002
        "\u0529.example, xn--d8a.example",
    })
    void isWrittenInAscii(String name, String ascii) {
        assertEquals(Optional.ofNullable(ascii), DomainName.ascii(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u2665.example",
                "a\u00adb.example",
                "-\u00e4.example",
                "\u00e4-.example",
                "\u00e4\u00e4--a.example",
                "\u0308a.example",
                "\u200ca\u00e4.example",
                // joiners where nothing is joined (RFC 5892, appendix A)
                "pay\u200dpal.example",
                "pay\u200cpal.example",
                "\u00e4\u200c.example",
                "\u0646\u200c.example",
                "\u0646\u200d\u0646.example",
                "\u00e4 b.example",
                "\u00e4_b.example",
                "a\u2024example",
                "\u2100.example",
                "\u00e4\u2029.example",
                "\ue000.example",
                "\u00e4\ud800.example"
            })
    void whatIsNoNameHasNoAscii(String name) {
        assertEquals(Optional.empty(), DomainName.ascii(name));
    }

    @Test
    void aLabelTooLongHasNoAscii() {
        assertEquals(Optional.empty(), DomainName.ascii("\u00e4".repeat(60) + ".example"));
    }

    /** Where IDNA2003 knows the letters and changes none, it comes to the same. */
    @Property(tries = 2000)
    void agreesWithTheJdk(@ForAll("labels") String label) {
        assertEquals(Optional.of(IDN.toASCII(label)), DomainName.ascii(label));
    }

    @Property(tries = 2000)
    void isReadAsItWasWritten(@ForAll("labels") String label) {
        String ascii = DomainName.ascii(label).orElseThrow();
        assertEquals(label, DomainName.readable(ascii));
        assertEquals(label, DomainName.readable(ascii.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @CsvSource({
        "Example.ORG, example.org",
        "B\u00dcCHER.example, b\u00fccher.example",
        "xn--bcher-kva.EXAMPLE, b\u00fccher.example",
        "xn--nxasmm1c.com, \u03b2\u03cc\u03bb\u03bf\u03c2.com",
        "\uff45\uff58.example, ex.example",
        // A-labels of nothing, or of what has another one
        "xn--, xn--",
        "xn--a, xn--a",
        "xn--a-, xn--a-",
        "xn--\u00e4, xn--\u00e4",
        "xn--zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz, xn--zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "xn--99999999, xn--99999999",
        "xn--bcher_kva, xn--bcher_kva",
        "xn--Bcher-xpa.example, xn--bcher-xpa.example",
        "'', ''",
        "a..b., a..b."
    })
    void isCompared(String name, String readable) {
        assertEquals(readable, DomainName.readable(name));
    }

    /** Whatever stands behind {@code xn--}: it is read, and read again it stays. */
    @Property(tries = 5000)
    void anyLabelIsComparedInOneForm(
            @ForAll @StringLength(max = 59) @CharRange(from = '-', to = 'z') String text) {
        String readable = DomainName.readable("xn--" + text);
        assertEquals(readable, DomainName.readable(readable));
    }

    @Provide
    Arbitrary<String> labels() {
        var letters =
                Arbitraries.oneOf(
                        Arbitraries.chars().range('a', 'z'),
                        Arbitraries.chars().range('\u00e0', '\u00f6'),
                        Arbitraries.chars().range('\u0430', '\u044f'),
                        Arbitraries.chars().range('\u4e00', '\u9fa5'),
                        Arbitraries.chars().range('\uac00', '\ud7a3'));
        return letters.list().ofMinSize(1).ofMaxSize(10).map(DomainNameTest::text);
    }

    private static String text(List<Character> letters) {
        var text = new StringBuilder();
        letters.forEach(text::append);
        return text.toString();
    }
}
