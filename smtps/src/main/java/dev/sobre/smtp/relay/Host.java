package dev.sobre.smtp.relay;

import java.net.InetSocketAddress;

/**
 * A server that takes mail for a destination.
 *
 * @param name what its certificate must be for
 */
public record Host(String name, InetSocketAddress address, Security security) {

    /** Its name and address, as logs and reports say it. */
    @Override
    public String toString() {
        return address.isUnresolved() || name.startsWith("[") // an address itself
                ? name + ":" + address.getPort()
                : name + "[" + address.getAddress().getHostAddress() + "]:" + address.getPort();
    }
}
