package dev.sobre.tls.lecture;

import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.AbstractTlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsSecret;

/** A secret that writes down what is derived from it. */
final class RecordedSecret extends BcTlsSecret {
    private final Notebook notebook;

    private RecordedSecret(BcTlsCrypto crypto, Notebook notebook, byte[] data) {
        super(crypto, data);
        this.notebook = notebook;
    }

    static RecordedSecret of(BcTlsCrypto crypto, Notebook notebook, TlsSecret secret) {
        return new RecordedSecret(crypto, notebook, copyData((AbstractTlsSecret) secret));
    }

    byte[] value() {
        return copyData(this);
    }

    @Override
    public synchronized TlsSecret deriveUsingPRF(int prf, String label, byte[] seed, int length) {
        return derived(super.deriveUsingPRF(prf, label, seed, length));
    }

    @Override
    public synchronized TlsSecret hkdfExpand(int hash, byte[] info, int length) {
        return derived(super.hkdfExpand(hash, info, length));
    }

    @Override
    public synchronized TlsSecret hkdfExtract(int hash, TlsSecret input) {
        return derived(super.hkdfExtract(hash, input));
    }

    private RecordedSecret derived(TlsSecret secret) {
        var recorded = of(crypto, notebook, secret);
        notebook.derived(recorded.value());
        return recorded;
    }
}
