package dev.sobre.tls;

import dev.sobre.tls.DialFailed.Code;
import dev.sobre.tls.wire.Alert;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** One plain sentence for each way in which a server can fail to be reached. */
final class DialDiagnosis {
    private DialDiagnosis() {}

    static DialFailed unknownHost(String host, Throwable cause) {
        return failed(Code.UNKNOWN_HOST, "no address is known for " + host, cause);
    }

    static DialFailed connect(InetSocketAddress to, Throwable cause) {
        String where = to.getHostString() + " port " + to.getPort();
        String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof ConnectTimeoutException) {
            return failed(
                    Code.CONNECT_TIMEOUT,
                    where + " does not answer; a firewall may drop the packets",
                    cause);
        }
        if (reason.contains("refused")) {
            return failed(Code.REFUSED, "connection refused: nothing listens on " + where, cause);
        }
        return failed(Code.UNREACHABLE, "cannot reach " + where + ": " + reason, cause);
    }

    static DialFailed handshake(Throwable cause, ClientTap tap) {
        Optional<PeerCheck.Refused> refused = find(cause, PeerCheck.Refused.class);
        if (refused.isPresent()) {
            var why = refused.get();
            return new DialFailed(why.code, String.valueOf(why.getMessage()), why.chain, cause);
        }
        Optional<String> other = tap.other();
        if (other.isPresent()) {
            return failed(
                    Code.NOT_TLS,
                    "the server does not speak TLS on this port: it sent "
                            + other.get()
                            + " (\""
                            + tap.line()
                            + "\")",
                    cause);
        }
        String message = String.valueOf(cause.getMessage());
        Optional<Alert> alert = Alert.received(message);
        if (alert.isPresent()) return alert(alert.get(), tap, cause);
        return rest(cause, message, tap);
    }

    private static DialFailed alert(Alert alert, ClientTap tap, Throwable cause) {
        if (alert == Alert.CERTIFICATE_REQUIRED || tap.asksForCertificate()) {
            return failed(
                    Code.ALERT,
                    "the server asks for a client certificate and got none (alert "
                            + alert.wireName()
                            + ")",
                    cause);
        }
        return failed(
                alert == Alert.PROTOCOL_VERSION ? Code.VERSION : Code.ALERT,
                "the server broke off with the alert " + alert.wireName() + ": " + alert.meaning(),
                cause);
    }

    private static DialFailed rest(Throwable cause, String message, ClientTap tap) {
        if (find(cause, SslHandshakeTimeoutException.class).isPresent()) {
            return failed(
                    Code.HANDSHAKE_TIMEOUT,
                    tap.silent()
                            ? "the server accepted the connection and then said nothing;"
                                    + " it may not speak TLS"
                            : "the server stopped in the middle of the handshake",
                    cause);
        }
        String upper = message.toUpperCase(Locale.ROOT);
        if (upper.contains("UNSUPPORTED_PROTOCOL") || upper.contains("NOT ACCEPTED BY CLIENT")) {
            return failed(
                    Code.VERSION, "the server wants a version of TLS that is not safe", cause);
        }
        if (cause instanceof ClosedChannelException
                || (cause instanceof IOException && !(cause instanceof SSLException))) {
            return failed(
                    Code.CLOSED,
                    "the server closed the connection during the handshake, without a reason",
                    cause);
        }
        return failed(Code.OTHER, "the handshake failed: " + message, cause);
    }

    private static DialFailed failed(Code code, String sentence, Throwable cause) {
        return new DialFailed(code, sentence, List.of(), cause);
    }

    private static <T extends Throwable> Optional<T> find(Throwable cause, Class<T> type) {
        Throwable at = cause;
        for (int depth = 0; at != null && depth < 10; depth++, at = at.getCause()) {
            if (type.isInstance(at)) return Optional.of(type.cast(at));
        }
        return Optional.empty();
    }
}
