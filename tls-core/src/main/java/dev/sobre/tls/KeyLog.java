package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.KeyLogCallback;
import io.netty.internal.tcnative.SSLContext;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes the exporter secrets out of BoringSSL's key log, the only place where they can be had, and
 * wipes what else comes by. Lines are told apart by the engine that wrote them, while it still
 * lives; those of engines that nobody watches are wiped too.
 */
final class KeyLog implements KeyLogCallback {
    private static final byte[] EXPORTER = "EXPORTER_SECRET ".getBytes(US_ASCII);

    // One for all contexts: native code holds on to it for as long as a context lives.
    private static final KeyLog ALL = new KeyLog();

    private final Map<Long, Watch> watched = new ConcurrentHashMap<>();

    private KeyLog() {}

    /** What the log said of one engine. */
    private static final class Watch {
        private volatile Optional<SecretExporter> exporter = Optional.empty();

        void wipe() {
            exporter.ifPresent(SecretExporter::wipe);
        }
    }

    /** Has the engines of a context write their keys; without Netty's leave there are none. */
    static void of(ReferenceCountedOpenSslContext context) {
        ContextPointer.of(context).ifPresent(known -> SSLContext.setKeyLogCallback(known, ALL));
    }

    /** Keeps the exporter secret of a new engine until its channel closes. */
    static void watch(ReferenceCountedOpenSslEngine engine, Channel channel) {
        long pointer = engine.sslPointer();
        var watch = new Watch();
        ALL.watched.put(pointer, watch);
        channel.closeFuture()
                .addListener(
                        closed -> {
                            ALL.watched.remove(pointer, watch); // never a later engine's
                            watch.wipe();
                        });
    }

    /** The exporter of a watched engine whose handshake is complete; none in TLS 1.2. */
    static Optional<Exporter> exporter(ReferenceCountedOpenSslEngine engine) {
        var watch = ALL.watched.remove(engine.sslPointer());
        return watch == null ? Optional.empty() : watch.exporter.map(exporter -> exporter);
    }

    /** How many engines are in the middle of a handshake. */
    static int watched() {
        return ALL.watched.size();
    }

    /** Called on the event loop in the middle of a handshake. */
    @Override
    public void handle(long pointer, byte[] line) {
        if (startsWith(line, EXPORTER)) {
            var watch = watched.get(pointer);
            if (watch != null) watch.exporter = Optional.of(new SecretExporter(secret(line)));
        }
        Arrays.fill(line, (byte) 0);
    }

    /** The third word: label, client random, secret, the latter two in hexadecimal. */
    private static byte[] secret(byte[] line) {
        int end = line.length;
        int start = end;
        while (line[start - 1] != ' ') start--;
        byte[] secret = new byte[(end - start) / 2];
        for (int i = 0; i < secret.length; i++) {
            int high = Character.digit(line[start + 2 * i], 16);
            int low = Character.digit(line[start + 2 * i + 1], 16);
            secret[i] = (byte) (high << 4 | low);
        }
        return secret;
    }

    private static boolean startsWith(byte[] line, byte[] prefix) {
        return line.length > prefix.length
                && Arrays.equals(line, 0, prefix.length, prefix, 0, prefix.length);
    }
}
