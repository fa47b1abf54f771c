package dev.sobre.mail.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what {@link CompactWriter} wrote; what can't be it ends in a {@link
 * BufferUnderflowException} or {@link IllegalArgumentException}.
 */
final class CompactReader {

    private final ByteBuffer in;

    CompactReader(ByteBuffer in) {
        this.in = in;
    }

    long number() {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte octet = in.get();
            number |= (long) (octet & 0x7F) << shift;
            if (octet >= 0) return number;
        }
        throw new IllegalArgumentException("a number is too long");
    }

    String text() {
        return octets(number());
    }

    Optional<String> optional() {
        long length = number();
        return length == 0 ? Optional.empty() : Optional.of(octets(length - 1));
    }

    <T> Optional<T> present(Function<CompactReader, T> read) {
        return number() == 0 ? Optional.empty() : Optional.of(read.apply(this));
    }

    <T> List<T> list(Function<CompactReader, T> read) {
        long size = number();
        // Each item takes an octet at least; a wrong size must not claim memory.
        if (size > in.remaining()) throw new BufferUnderflowException();
        List<T> items = new ArrayList<>((int) size);
        for (long i = 0; i < size; i++) items.add(read.apply(this));
        return items;
    }

    private String octets(long length) {
        if (length > in.remaining()) throw new BufferUnderflowException();
        byte[] octets = new byte[(int) length];
        in.get(octets);
        return new String(octets, UTF_8);
    }
}
