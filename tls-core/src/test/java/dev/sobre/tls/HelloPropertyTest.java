package dev.sobre.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sobre.tls.wire.BadHello;
import dev.sobre.tls.wire.ClientHello;
import dev.sobre.tls.wire.HelloReader;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every hello and for every octet that is none. */
class HelloPropertyTest {

    @Property(tries = 300)
    void readsWhatWasWritten(@ForAll("hellos") RawHello raw) throws Exception {
        ClientHello hello = read(raw.record()).orElseThrow();
        assertEquals(numbers(raw.suites()), hello.suites());
        assertEquals(
                numbers(raw.extensions().getOrDefault(RawHello.GROUPS, "0000").substring(4)),
                hello.groups());
        assertEquals(raw.extensions().containsKey(RawHello.EARLY_DATA), hello.earlyData());
    }

    @Property(tries = 300)
    void howItIsCutMakesNoDifference(
            @ForAll("hellos") RawHello raw,
            @ForAll @IntRange(min = 1, max = 700) int record,
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 300) Integer> packets)
            throws Exception {
        byte[] whole = raw.record();
        var sizes = Math.max(record, whole.length / 60 + 1); // a hello has 64 records at most
        byte[] cut = Hellos.inRecords(whole, sizes);
        assertEquals(read(whole), read(cut, packets));
    }

    @Property(tries = 2000)
    void anyOctetsAreNoHelloOrPartOfOne(@ForAll @Size(max = 400) byte[] octets) {
        refusedOrNot(octets);
    }

    @Property(tries = 2000)
    void aDamagedHelloIsRefusedOrRead(
            @ForAll("hellos") RawHello raw,
            @ForAll @Size(min = 1, max = 4) Map<@IntRange(max = 4000) Integer, Byte> damage) {
        byte[] octets = raw.record();
        damage.forEach((at, octet) -> octets[at % octets.length] = octet);
        refusedOrNot(octets);
    }

    @Provide
    Arbitrary<RawHello> hellos() {
        var numbers =
                Arbitraries.integers()
                        .between(0, 0xffff)
                        .list()
                        .ofMaxSize(60)
                        .map(
                                all ->
                                        all.stream()
                                                .map("%04x"::formatted)
                                                .collect(Collectors.joining()));
        var names = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(60);
        return Combinators.combine(numbers, numbers, names, Arbitraries.of(true, false), numbers)
                .as(
                        (suites, groups, name, early, padding) -> {
                            var hello =
                                    RawHello.tls13()
                                            .offering(suites)
                                            .naming(name)
                                            .with(
                                                    RawHello.GROUPS,
                                                    "%04x%s".formatted(groups.length() / 2, groups))
                                            .with(21, padding);
                            return early ? hello.with(RawHello.EARLY_DATA, "") : hello;
                        });
    }

    private static void refusedOrNot(byte[] octets) {
        try {
            read(octets);
        } catch (BadHello expected) {
            assertFalse(expected.words().isEmpty());
        }
    }

    private static Optional<ClientHello> read(byte[] octets) throws BadHello {
        return new HelloReader().read(Unpooled.wrappedBuffer(octets));
    }

    /** Gives the reader what has come so far after each packet. */
    private static Optional<ClientHello> read(byte[] octets, List<Integer> packets)
            throws BadHello {
        var reader = new HelloReader();
        var all = Unpooled.buffer();
        int at = 0;
        for (int packet : packets) {
            int some = Math.min(packet, octets.length - at);
            all.writeBytes(octets, at, some);
            at += some;
            var hello = reader.read(all);
            if (hello.isPresent()) return hello;
        }
        return reader.read(all.writeBytes(octets, at, octets.length - at));
    }

    private static List<Integer> numbers(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        var all = new java.util.ArrayList<Integer>();
        for (int i = 0; i < octets.length; i += 2) {
            all.add((octets[i] & 0xff) << 8 | (octets[i + 1] & 0xff));
        }
        return all;
    }
}
