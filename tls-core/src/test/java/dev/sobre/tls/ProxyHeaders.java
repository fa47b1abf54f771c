package dev.sobre.tls;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Headers of the PROXY protocol, version 2, as proxies send them. */
public final class ProxyHeaders {
    private static final byte[] SIGNATURE = {
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
    };
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;

    private ProxyHeaders() {}

    /** For a TCP client. */
    public static byte[] of(String client, int port, byte... additions) {
        byte[] address = InetAddress.ofLiteral(client).getAddress();
        int family = address.length == 4 ? 0x11 : 0x21;
        var body = ByteBuffer.allocate(2 * address.length + 4 + additions.length);
        body.put(address)
                .put(new byte[address.length])
                .putShort((short) port)
                .putShort((short) 993);
        return of(PROXY, family, body.put(additions).array());
    }

    /** For the proxy itself. */
    public static byte[] local() {
        return of(LOCAL, 0, new byte[0]);
    }

    /** Any. */
    public static byte[] of(int command, int family, byte[] body) {
        var all = ByteBuffer.allocate(16 + body.length);
        all.put(SIGNATURE).put((byte) command).put((byte) family).putShort((short) body.length);
        return Arrays.copyOf(all.put(body).array(), all.position());
    }
}
