package dev.sobre.tls;

import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;

/** Looks on while the connections of a server shake hands, bytes and all. */
public interface HandshakeWatch {

    /** A connection has come; called on its event loop, as all that follows for it. */
    Watched begin(String listener, SocketAddress peer);

    /**
     * One connection under way. Nothing here may wait, and the bytes are to be left as they are.
     */
    interface Watched {

        /** Bytes of the client, as they came. */
        void received(ByteBuf bytes);

        /** Bytes of ours, as they leave. */
        void sent(ByteBuf bytes);

        /** It is over, and went well. Nothing more is told. */
        void secured(TlsInfo info);

        /** It is over, and failed; our alert may still be {@link #sent}. */
        void failed(HandshakeFailure failure);

        /** The connection is gone, secured or not. */
        void gone();
    }
}
