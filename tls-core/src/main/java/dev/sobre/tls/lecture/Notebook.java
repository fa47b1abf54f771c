package dev.sobre.tls.lecture;

import dev.sobre.tls.trace.Narrator;
import dev.sobre.tls.trace.Side;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** What the client writes down while it talks: every message, and, only if asked, every secret. */
final class Notebook {
    private final Narrator narrator = Narrator.ofBothEnds();
    private final Set<String> derived = new HashSet<>();
    private final boolean secrets;
    private Optional<byte[]> shared = Optional.empty();

    Notebook(boolean secrets) {
        this.secrets = secrets;
    }

    Narrator narrator() {
        return narrator;
    }

    /** Bytes on the wire. */
    void wire(Side from, byte[] bytes, int offset, int length) {
        narrator.wire(from, Unpooled.wrappedBuffer(bytes, offset, length));
    }

    /** A record of ours, before it was sealed. */
    void sealed(int type, byte[] content, int size) {
        narrator.opened(Side.CLIENT, type, content, size);
    }

    /** A record of the server, once it was opened. */
    void opened(int type, byte[] content, int size) {
        narrator.opened(Side.SERVER, type, content, size);
    }

    /** What the key exchange gave; the last one counts, as a hybrid is made of two. */
    void agreed(byte[] secret) {
        if (secrets) shared = Optional.of(secret);
    }

    void derived(byte[] secret) {
        if (secrets) derived.add(HexFormat.of().formatHex(secret));
    }

    Optional<byte[]> shared() {
        return shared;
    }

    /**
     * Whether the connection itself came to this value: agreed on it, derived it, or cut it out of
     * a key block that it derived. (A key block without IVs is the beginning of one with them.)
     */
    boolean used(String hex) {
        if (shared.filter(value -> HexFormat.of().formatHex(value).equals(hex)).isPresent())
            return true;
        return derived.stream().anyMatch(value -> value.contains(hex) || hex.startsWith(value));
    }
}
