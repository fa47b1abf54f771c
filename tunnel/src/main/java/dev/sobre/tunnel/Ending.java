package dev.sobre.tunnel;

import dev.sobre.tls.StreamEnd;
import io.netty.channel.Channel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** How one side of a tunnel says, and hears, that no more data comes. */
sealed interface Ending {

    /** What the side's input has come to. */
    enum Input {
        OPEN,
        /** All that was sent has arrived. */
        COMPLETE,
        /** The rest was cut off, perhaps by an attacker. */
        CUT
    }

    Ending FIN = new Fin();

    static Ending closeNotify(Channel channel) {
        SslHandler engine = channel.pipeline().get(SslHandler.class);
        return new CloseNotify(engine, HalfClose.of(engine.engine()));
    }

    /** Says that we have no more to send. */
    void say(Channel channel);

    /** What an event of the pipeline tells about the input. */
    Input hear(Object event);

    /** What can be seen when a batch of input has been read. */
    Input look();

    /** TCP without TLS: there is nothing but FIN. */
    record Fin() implements Ending {
        @Override
        public void say(Channel channel) {
            var _ = ((DuplexChannel) channel).shutdownOutput();
        }

        @Override
        public Input hear(Object event) {
            return event instanceof ChannelInputShutdownEvent ? Input.COMPLETE : Input.OPEN;
        }

        @Override
        public Input look() {
            return Input.OPEN;
        }
    }

    /** TLS: close_notify counts; a FIN without one cuts (RFC 8446 §6.1). */
    record CloseNotify(SslHandler engine, HalfClose halfClose) implements Ending {
        @Override
        public void say(Channel channel) {
            var _ = engine.closeOutbound();
        }

        @Override
        public Input hear(Object event) {
            if (event instanceof ChannelInputShutdownEvent) return Input.CUT;
            // Once we have said close_notify, Netty takes all that comes for an end.
            if (halfClose.looksForItself()) return Input.OPEN;
            return StreamEnd.of(event)
                    .map(end -> end == StreamEnd.COMPLETE ? Input.COMPLETE : Input.CUT)
                    .orElse(Input.OPEN);
        }

        @Override
        public Input look() {
            return halfClose.received() ? Input.COMPLETE : Input.OPEN;
        }
    }
}
