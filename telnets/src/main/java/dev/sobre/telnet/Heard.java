package dev.sobre.telnet;

import java.nio.ByteBuffer;

/** One thing that the other side said (RFC 854): an octet of data or a command. */
sealed interface Heard {

    /** An octet of data, 0 to 255. */
    record Data(int octet) implements Heard {}

    /** A command without parameters, such as {@link Code#IP}. */
    record Command(int code) implements Heard {}

    /** WILL, WONT, DO or DONT of an option. */
    record Negotiation(int verb, int option) implements Heard {

        /** The three octets of it. */
        byte[] octets() {
            return new byte[] {(byte) Code.IAC, (byte) verb, (byte) option};
        }
    }

    /** What stood between IAC SB and IAC SE (RFC 855), option first, IACs single. */
    record Subnegotiation(int option, ByteBuffer parameters) implements Heard {}
}
