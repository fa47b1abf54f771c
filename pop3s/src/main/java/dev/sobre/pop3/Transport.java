package dev.sobre.pop3;

import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;

/** What James may know of a connection: who is there. Reading and writing stay with us. */
record Transport(InetSocketAddress remote, long id) implements ProtocolTransport {

    @Override
    public InetSocketAddress getRemoteAddress() {
        return remote;
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        throw new UnsupportedOperationException("no handler of the chain asks for it");
    }

    @Override
    public String getId() {
        return Long.toString(id);
    }

    @Override
    public boolean isTLSStarted() {
        return true;
    }

    @Override
    public boolean isStartTLSSupported() {
        return false;
    }

    @Override
    public Optional<SSLSession> getSSLSession() {
        return Optional.empty();
    }

    @Override
    public boolean isProxyRequired() {
        return false;
    }

    @Override
    public void writeResponse(Response response, ProtocolSession session) {
        throw new UnsupportedOperationException("answers are returned, not written");
    }

    @Override
    public void popLineHandler() {
        throw new UnsupportedOperationException("a conversation is a Dialogue");
    }

    @Override
    public void pushLineHandler(
            LineHandler<? extends ProtocolSession> handler, ProtocolSession session) {
        throw new UnsupportedOperationException("a conversation is a Dialogue");
    }

    @Override
    public void setReadable(boolean readable) {
        throw new UnsupportedOperationException("the session's thread reads");
    }

    @Override
    public boolean isReadable() {
        return true;
    }
}
