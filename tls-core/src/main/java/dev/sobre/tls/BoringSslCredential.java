package dev.sobre.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLCredential;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * An identity as BoringSSL holds it, with the signature schemes that it may use: an {@code
 * SSL_CREDENTIAL}. Key material that Netty sets would sign by whatever scheme BoringSSL prefers.
 *
 * <p>What the identity staples belongs to it, too: bytes set on a connection would go with Netty's
 * key material alone.
 */
final class BoringSslCredential {
    private static final Cleaner CLEANER = Cleaner.create();
    private final long pointer;

    private BoringSslCredential(long pointer) {
        this.pointer = pointer;
    }

    static BoringSslCredential of(Identity identity, TlsPolicy policy) throws SSLException {
        int[] schemes =
                Signatures.numbers(identity, policy).stream().mapToInt(Integer::intValue).toArray();
        try {
            long pointer = SSLCredential.newX509();
            var credential = new BoringSslCredential(pointer);
            CLEANER.register(credential, () -> free(pointer));
            fill(pointer, identity, schemes);
            return credential;
        } catch (Exception e) { // natives throw it bare
            throw new SSLException("BoringSSL does not take the identity: " + e.getMessage(), e);
        }
    }

    /** Lets a new connection show it; BoringSSL counts who still does. */
    void giveTo(SslHandler connection) {
        try {
            SSL.addCredential(
                    ((ReferenceCountedOpenSslEngine) connection.engine()).sslPointer(), pointer);
        } catch (Exception e) {
            throw new IllegalStateException("BoringSSL did not take an identity", e);
        } finally {
            Reference.reachabilityFence(this); // or it might be freed before it is counted
        }
    }

    private static void free(long pointer) {
        try {
            SSLCredential.free(pointer);
        } catch (Exception e) {
            throw new IllegalStateException("BoringSSL did not give up an identity", e);
        }
    }

    private static void fill(long credential, Identity identity, int[] schemes) throws Exception {
        byte[] secret = pem("PRIVATE KEY", identity.keys().key().getEncoded());
        long key = 0;
        long chain = 0;
        try {
            key = read(secret, bio -> SSL.parsePrivateKey(bio, ""));
            chain = read(pem(identity.chain()), SSL::parseX509Chain);
            SSLCredential.setPrivateKey(credential, key);
            SSLCredential.setCertChain(credential, chain);
            SSLCredential.setSigningAlgorithmPrefs(credential, schemes);
            var staple = identity.staple();
            if (staple.isPresent()) {
                SSLCredential.setOcspResponse(credential, staple.get().bytes());
            }
        } finally {
            Arrays.fill(secret, (byte) 0);
            if (key != 0) SSL.freePrivateKey(key);
            if (chain != 0) SSL.freeX509Chain(chain);
        }
    }

    private interface Parser {
        long parse(long bio) throws Exception;
    }

    private static long read(byte[] pem, Parser parser) throws Exception {
        long bio = SSL.newMemBIO();
        try (Arena arena = Arena.ofConfined()) {
            var copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, pem);
            SSL.bioWrite(bio, copy.address(), pem.length);
            copy.fill((byte) 0);
            return parser.parse(bio);
        } finally {
            SSL.freeBIO(bio);
        }
    }

    private static byte[] pem(List<X509Certificate> chain) throws Exception {
        var all = new ByteArrayOutputStream();
        for (X509Certificate each : chain) all.writeBytes(pem("CERTIFICATE", each.getEncoded()));
        return all.toByteArray();
    }

    /** RFC 7468, without a copy of the key that can't be wiped. */
    private static byte[] pem(String label, byte[] der) {
        byte[] text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(der);
        byte[] begin = ("-----BEGIN " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] end = ("\n-----END " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] pem = Arrays.copyOf(begin, begin.length + text.length + end.length);
        System.arraycopy(text, 0, pem, begin.length, text.length);
        System.arraycopy(end, 0, pem, begin.length + text.length, end.length);
        Arrays.fill(text, (byte) 0);
        return pem;
    }
}
