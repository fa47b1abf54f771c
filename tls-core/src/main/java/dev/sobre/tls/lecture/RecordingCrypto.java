package dev.sobre.tls.lecture;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDHConfig;
import org.bouncycastle.tls.crypto.TlsDHDomain;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsKemConfig;
import org.bouncycastle.tls.crypto.TlsKemDomain;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * Bouncy Castle's cryptography, which writes into a {@link Notebook} what it agrees on and derives,
 * and what the records hold that it seals and opens.
 */
final class RecordingCrypto extends BcTlsCrypto {
    private final Notebook notebook;

    RecordingCrypto(Notebook notebook) {
        super(new SecureRandom());
        this.notebook = notebook;
    }

    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryption, int mac)
            throws IOException {
        return new RecordingCipher(super.createCipher(parameters, encryption, mac), notebook);
    }

    @Override
    public TlsSecret createSecret(byte[] data) {
        return RecordedSecret.of(this, notebook, super.createSecret(data));
    }

    @Override
    public TlsSecret hkdfInit(int hash) {
        return RecordedSecret.of(this, notebook, super.hkdfInit(hash));
    }

    @Override
    public TlsSecret generateRSAPreMasterSecret(ProtocolVersion version) {
        return agreed(super.generateRSAPreMasterSecret(version));
    }

    @Override
    public TlsSecret createHybridSecret(TlsSecret first, TlsSecret second) {
        return agreed(super.createHybridSecret(first, second)); // replaces the two halves
    }

    @Override
    public TlsDHDomain createDHDomain(TlsDHConfig config) {
        TlsDHDomain domain = super.createDHDomain(config);
        return () -> new Agreement(domain.createDH());
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
        TlsECDomain domain = super.createECDomain(config);
        return () -> new Agreement(domain.createECDH());
    }

    @Override
    public TlsKemDomain createKemDomain(TlsKemConfig config) {
        TlsKemDomain domain = super.createKemDomain(config);
        return () -> new Agreement(domain.createKem());
    }

    private RecordedSecret agreed(TlsSecret secret) {
        var recorded = RecordedSecret.of(this, notebook, secret);
        notebook.agreed(recorded.value());
        return recorded;
    }

    /** A key agreement whose result is written down. */
    private final class Agreement implements TlsAgreement {
        private final TlsAgreement real;

        Agreement(TlsAgreement real) {
            this.real = real;
        }

        @Override
        public byte[] generateEphemeral() throws IOException {
            return real.generateEphemeral();
        }

        @Override
        public void receivePeerValue(byte[] value) throws IOException {
            real.receivePeerValue(value);
        }

        @Override
        public TlsSecret calculateSecret() throws IOException {
            return agreed(real.calculateSecret());
        }
    }
}
