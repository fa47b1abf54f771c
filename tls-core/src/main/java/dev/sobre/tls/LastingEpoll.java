package dev.sobre.tls;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll, in which a channel stays also while it waits for nothing. Netty 4.2.18 takes such
 * a channel out and later changes its entry as if it were there (ENOENT): a channel whose peer has
 * ended its side, and whose socket is full, would lose what it still has to send.
 */
final class LastingEpoll implements IoHandler {
    private final IoHandler epoll;

    private LastingEpoll(IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory newFactory() {
        IoHandlerFactory epoll = EpollIoHandler.newFactory();
        return executor -> new LastingEpoll(epoll.newHandler(executor));
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Lasting(epoll.register(handle));
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return epoll.isCompatible(type);
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    /** A channel's place in epoll; used by the channel's event loop. */
    private static final class Lasting implements IoRegistration {
        private final IoRegistration place;
        private boolean taken;

        Lasting(IoRegistration place) {
            this.place = place;
        }

        @Override
        public long submit(IoOps ops) {
            if (!ops.equals(EpollIoOps.NONE)) {
                taken = true;
                return place.submit(ops);
            }
            // Edge-triggered, the hang-up that epoll always tells of is told once, not for ever.
            return taken ? place.submit(EpollIoOps.EPOLLET) : place.submit(ops);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's own
        public <T> T attachment() {
            return place.attachment();
        }

        @Override
        public boolean isValid() {
            return place.isValid();
        }

        @Override
        public boolean cancel() {
            return place.cancel();
        }
    }
}
