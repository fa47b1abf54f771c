package dev.sobre.tls.pki;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.Optional;

/** Files that somebody says have keys and certificates. */
class PemFuzzTest {

    @FuzzTest(maxExecutions = 20_000)
    void aFileIsReadOrRefused(byte[] file) {
        try {
            for (PemBlock block : PemReader.blocks(file)) {
                if (PemKey.is(block)) PemKey.read(block, passphrase(block));
                for (var certificate : PemFiles.certificates(block)) {
                    CertificateFacts.of(certificate, Instant.EPOCH);
                }
            }
        } catch (PkiException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isEmpty());
        }
    }

    private static Optional<Passphrase> passphrase(PemBlock block) {
        return PemKey.locked(block) ? Optional.of(Passphrase.of("secret")) : Optional.empty();
    }
}
