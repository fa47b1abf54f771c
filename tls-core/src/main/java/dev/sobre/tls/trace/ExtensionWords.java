package dev.sobre.tls.trace;

import dev.sobre.tls.trace.Hello.Extension;
import dev.sobre.tls.wire.BadHello;
import dev.sobre.tls.wire.Numbers;
import dev.sobre.tls.wire.Octets;
import java.util.ArrayList;
import java.util.List;

/** What extensions say, in words. RFC 8446 §4.2. */
final class ExtensionWords {
    private static final int LONGEST_TEXT = 255;

    private ExtensionWords() {}

    /** Adds the client's extensions: those that matter in full, the others by name. */
    static void client(Hello hello, Told told) throws BadHello {
        var others = new ArrayList<String>();
        for (Extension each : hello.extensions()) {
            var in = each.octets();
            switch (each.type()) {
                case 0 -> told.fact("server name", serverName(in));
                case Hello.VERSIONS -> told.fact("versions", versions(in.vector8()));
                case 10 -> told.fact("groups", IanaNames.groups(in.vector16().numbers()));
                case 13 -> told.fact("signatures", IanaNames.schemes(in.vector16().numbers()));
                case 16 -> told.fact("protocols (ALPN)", protocols(in.vector16()));
                case Hello.KEY_SHARE -> told.fact("key shares", shares(in.vector16()));
                case Hello.PRE_SHARED_KEY -> told.fact("session ticket", tickets(in.vector16()));
                case 35 -> told.fact("session ticket", ticket12(in));
                case 42 -> told.fact("early data", "it sends data before the server answered");
                case 44 -> told.fact("cookie", Told.start(in.vector16().rest()));
                default -> other(each.type(), others);
            }
        }
        if (!others.isEmpty()) told.fact("also", IanaNames.list(others));
    }

    /** Adds what a server answered. */
    static void server(List<Extension> extensions, Told told) throws BadHello {
        var others = new ArrayList<String>();
        for (Extension each : extensions) {
            var in = each.octets();
            switch (each.type()) {
                case Hello.VERSIONS, Hello.KEY_SHARE, Hello.PRE_SHARED_KEY -> {} // told apart
                case 0 -> told.fact("server name", "it used the name that the client asked for");
                case 10 -> told.fact("groups", IanaNames.groups(in.vector16().numbers()));
                case 16 -> told.fact("protocol (ALPN)", protocols(in.vector16()));
                case 22 ->
                        told.fact(
                                "encrypt_then_mac",
                                "the MAC is taken over the encrypted bytes (RFC 7366)");
                case 23 ->
                        told.fact(
                                "extended_master_secret",
                                "the master secret is bound to this whole handshake (RFC 7627)");
                case 35 -> told.fact("session_ticket", "it will send one");
                case 44 -> told.fact("cookie", Told.start(in.vector16().rest()));
                case 0xFF01 ->
                        told.fact(
                                "renegotiation_info",
                                "it guards against injected renegotiation (RFC 5746)");
                default -> other(each.type(), others);
            }
        }
        if (!others.isEmpty()) told.fact("also", IanaNames.list(others));
    }

    /** Text from the wire, harmless to a terminal. */
    static String text(byte[] bytes) {
        var text = new StringBuilder();
        for (byte b : bytes) text.append(b >= 0x20 && b < 0x7F ? (char) b : '?');
        return text.length() <= LONGEST_TEXT
                ? text.toString()
                : text.substring(0, LONGEST_TEXT) + "…";
    }

    private static void other(int type, List<String> others) {
        if (!Numbers.grease(type)) others.add(IanaNames.extension(type));
    }

    private static String serverName(Octets in) throws BadHello {
        if (in.left() == 0) return "none";
        var list = in.vector16();
        list.u8(); // host_name
        return text(list.vector16().rest());
    }

    private static String versions(Octets in) throws BadHello {
        return IanaNames.list(
                in.numbers().stream()
                        .filter(n -> !Numbers.grease(n))
                        .map(Numbers::version)
                        .toList());
    }

    private static String protocols(Octets list) throws BadHello {
        var names = new ArrayList<String>();
        while (list.left() > 0) names.add(text(list.vector8().rest()));
        return IanaNames.list(names);
    }

    private static String shares(Octets list) throws BadHello {
        var shares = new ArrayList<String>();
        while (list.left() > 0) {
            int group = list.u16();
            int size = list.vector16().left();
            if (!Numbers.grease(group)) shares.add(share(group, size));
        }
        return IanaNames.list(shares);
    }

    static String share(int group, int size) {
        return Numbers.group(group) + " (" + size + " bytes)";
    }

    private static String tickets(Octets list) throws BadHello {
        int count = 0;
        int size = 0;
        while (list.left() > 0) {
            size += list.vector16().left();
            list.u32(); // age
            count++;
        }
        return count + " of " + size + " bytes: it asks to resume";
    }

    private static String ticket12(Octets in) {
        return in.left() == 0 ? "it can take one" : in.left() + " bytes: it asks to resume";
    }
}
