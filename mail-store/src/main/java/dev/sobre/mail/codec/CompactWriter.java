package dev.sobre.mail.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes numbers, texts and lists in the form that {@link CompactReader} reads. */
final class CompactWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] octets() {
        return out.toByteArray();
    }

    /** A number from 0 on, seven bits an octet, the lowest first. */
    void number(long number) {
        long rest = number;
        while (rest >>> 7 != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    void text(String text) {
        byte[] octets = text.getBytes(UTF_8);
        number(octets.length);
        out.writeBytes(octets);
    }

    void optional(Optional<String> text) {
        if (text.isEmpty()) {
            number(0);
            return;
        }
        byte[] octets = text.get().getBytes(UTF_8);
        number(octets.length + 1L);
        out.writeBytes(octets);
    }

    <T> void list(List<T> items, BiConsumer<CompactWriter, T> write) {
        number(items.size());
        for (T item : items) write.accept(this, item);
    }
}
