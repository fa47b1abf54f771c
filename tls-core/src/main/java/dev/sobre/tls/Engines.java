package dev.sobre.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslHandler;
import java.util.List;

/** Makes engines of one kind for one identity and one list of ALPN names. */
sealed interface Engines permits BoringSslEngines, JdkEngines {

    /** An engine for a new connection, with what the identity has to staple now. */
    SslHandler engine(Channel channel, Identity identity);

    static ApplicationProtocolConfig alpn(List<String> protocols) {
        if (protocols.isEmpty()) return ApplicationProtocolConfig.DISABLED;
        // A mismatch was answered before the engine saw the hello.
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                protocols);
    }
}
