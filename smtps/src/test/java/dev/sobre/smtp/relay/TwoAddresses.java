package dev.sobre.smtp.relay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** Knows a host with two addresses, at the first of which nobody listens. */
public final class TwoAddresses extends InetAddressResolverProvider {

    static final String NAME = "two.far.example";

    @Override
    public InetAddressResolver get(Configuration configuration) {
        var others = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                    throws UnknownHostException {
                if (!host.equals(NAME)) return others.lookupByName(host, policy);
                return Stream.of(
                        InetAddress.getByAddress(NAME, new byte[] {127, 0, 0, 3}),
                        InetAddress.getByAddress(NAME, new byte[] {127, 0, 0, 1}));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return others.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "two addresses";
    }
}
