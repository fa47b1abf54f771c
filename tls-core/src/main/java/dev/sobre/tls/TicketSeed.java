package dev.sobre.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A secret that stays the same, from which whoever has it derives the ticket key of each period by
 * the clock alone. RFC 5869.
 */
final class TicketSeed {
    /** A file that holds less is no secret. */
    static final int SHORTEST = 32;

    private static final int LARGEST = 64 << 10;
    private static final String HKDF = "HKDF-SHA256";

    private final SecretKey secret;

    TicketSeed(byte[] secret) {
        if (secret.length < SHORTEST) throw new IllegalArgumentException("a seed has 32 bytes");
        try {
            var salt = "sobre session tickets".getBytes(US_ASCII);
            var extract = HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt).extractOnly();
            this.secret = KDF.getInstance(HKDF).deriveKey("Generic", extract);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF", e);
        }
    }

    static byte[] read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST);
        }
    }

    /** The keys of a moment: of this period, of the next, and of those whose keys still open. */
    TicketRing at(Instant now, TicketSchedule schedule) {
        long period = schedule.rotation().toSeconds();
        long present = Math.floorDiv(now.getEpochSecond(), period);
        var keys = new ArrayList<TicketKey>();
        for (long n = present + 1; n >= 0; n--) {
            var from = Instant.ofEpochSecond(n * period);
            if (!now.isBefore(from.plus(schedule.lifetime()))) break;
            keys.add(key(n, period, from));
        }
        return new TicketRing(schedule, keys);
    }

    private TicketKey key(long n, long period, Instant from) {
        byte[] info = ByteBuffer.allocate(16).putLong(period).putLong(n).array();
        try {
            var expand = HKDFParameterSpec.expandOnly(secret, info, TicketKey.SIZE);
            return TicketKey.of(from, KDF.getInstance(HKDF).deriveData(expand));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF", e);
        }
    }
}
