package dev.sobre.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;

/** Hellos of real clients, as bytes. */
public final class Hellos {
    private Hellos() {}

    /** The first record of a JDK client of TLS 1.3 and 1.2. */
    public static byte[] tls13(String serverName, String... alpn) throws Exception {
        return hello(List.of("TLSv1.3", "TLSv1.2"), serverName, alpn);
    }

    /** One of TLS 1.2 that would rather have its records compressed by deflate. RFC 3749. */
    static byte[] compressing(String serverName) throws Exception {
        byte[] plain = hello(List.of("TLSv1.2"), serverName);
        int at = 5 + 4 + 2 + 32; // record, handshake header, version, random
        at += 1 + plain[at]; // session id
        at += 2 + (((plain[at] & 0xff) << 8) | (plain[at + 1] & 0xff)); // suites
        if (plain[at] != 1 || plain[at + 1] != 0) throw new AssertionError("no compression list");
        byte[] hello = Arrays.copyOf(plain, plain.length + 1);
        System.arraycopy(plain, at + 1, hello, at + 2, plain.length - at - 1);
        hello[at] = 2;
        hello[at + 1] = 1; // deflate, before none
        for (int length : new int[] {3, 7}) { // of the record, of the message
            int grown = (((hello[length] & 0xff) << 8) | (hello[length + 1] & 0xff)) + 1;
            hello[length] = (byte) (grown >> 8);
            hello[length + 1] = (byte) grown;
        }
        return hello;
    }

    private static byte[] hello(List<String> versions, String serverName, String... alpn)
            throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        var engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setProtocols(versions.toArray(String[]::new));
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        parameters.setApplicationProtocols(alpn);
        engine.setSSLParameters(parameters);
        var out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** The same message in records of so many bytes each. RFC 8446 §5.1. */
    public static byte[] inRecords(byte[] record, int size) {
        var out = new ByteArrayOutputStream();
        for (int at = 5; at < record.length; at += size) {
            int length = Math.min(size, record.length - at);
            out.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            out.write(record, at, length);
        }
        return out.toByteArray();
    }
}
