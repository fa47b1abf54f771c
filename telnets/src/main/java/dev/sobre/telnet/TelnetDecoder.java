package dev.sobre.telnet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Takes TELNET apart, octet by octet (RFC 854, RFC 855). Holds at most one subnegotiation. */
final class TelnetDecoder {

    /** The longest subnegotiation that is listened to; what is longer is left out whole. */
    static final int SUBNEGOTIATION = 256;

    private static final Optional<Heard> NOTHING = Optional.empty();

    private enum State {
        DATA,
        IAC,
        OPTION,
        SUBNEGOTIATION,
        SUBNEGOTIATION_IAC
    }

    private final ByteArrayOutputStream parameters = new ByteArrayOutputStream();
    private State state = State.DATA;
    private int verb;

    /** What this octet, 0 to 255, completes. */
    Optional<Heard> take(int octet) {
        return switch (state) {
            case DATA -> data(octet);
            case IAC -> command(octet);
            case OPTION -> {
                state = State.DATA;
                yield Optional.of(new Heard.Negotiation(verb, octet));
            }
            case SUBNEGOTIATION -> parameter(octet);
            case SUBNEGOTIATION_IAC -> endOfParameters(octet);
        };
    }

    private Optional<Heard> data(int octet) {
        if (octet != Code.IAC) return Optional.of(new Heard.Data(octet));
        state = State.IAC;
        return NOTHING;
    }

    private Optional<Heard> command(int octet) {
        state = State.DATA;
        return switch (octet) {
            case Code.IAC -> Optional.of(new Heard.Data(octet));
            case Code.WILL, Code.WONT, Code.DO, Code.DONT -> {
                verb = octet;
                state = State.OPTION;
                yield NOTHING;
            }
            case Code.SB -> {
                parameters.reset();
                state = State.SUBNEGOTIATION;
                yield NOTHING;
            }
            default -> Optional.of(new Heard.Command(octet));
        };
    }

    private Optional<Heard> parameter(int octet) {
        if (octet == Code.IAC) {
            state = State.SUBNEGOTIATION_IAC;
        } else {
            keep(octet);
        }
        return NOTHING;
    }

    private Optional<Heard> endOfParameters(int octet) {
        if (octet == Code.IAC) {
            keep(octet);
            state = State.SUBNEGOTIATION;
            return NOTHING;
        }
        state = State.DATA;
        boolean whole = parameters.size() > 0 && parameters.size() <= SUBNEGOTIATION;
        // RFC 855: SE ends it. A client that says another command here forgot the SE; the command
        // counts, the subnegotiation does not.
        if (octet != Code.SE) return command(octet);
        if (!whole) return NOTHING;
        byte[] all = parameters.toByteArray();
        return Optional.of(
                new Heard.Subnegotiation(all[0] & 0xff, ByteBuffer.wrap(all, 1, all.length - 1)));
    }

    private void keep(int octet) {
        if (parameters.size() <= SUBNEGOTIATION) parameters.write(octet);
    }
}
