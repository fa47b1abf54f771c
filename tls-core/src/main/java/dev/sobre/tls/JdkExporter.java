package dev.sobre.tls;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;

/** The exporter of the JDK's engine, which keeps the secret to itself. */
final class JdkExporter implements Exporter {
    private final ExtendedSSLSession session;

    JdkExporter(ExtendedSSLSession session) {
        this.session = session;
    }

    @Override
    public byte[] export(String label, byte[] context, int length) {
        try {
            return session.exportKeyingMaterialData(label, context, length);
        } catch (SSLKeyException e) {
            throw new IllegalStateException("this connection exports no keys", e);
        }
    }
}
